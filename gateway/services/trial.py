"""A command tried out: it decides by what is on record, as it would in earnest, and nothing is written."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from gateway.record.port import Changes, Command, Needs, OnRecord

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Trial(Generic[Result]):
    """Gives what a command would give."""

    command: Command[Result]

    @property
    def needs(self) -> Needs:
        """What the command must see."""
        return self.command.needs

    def decide(self, on_record: OnRecord) -> tuple[Result, Changes]:
        """Give the command's result without its changes; raises what the command raises."""
        result, _ = self.command.decide(on_record)
        return result, Changes()
