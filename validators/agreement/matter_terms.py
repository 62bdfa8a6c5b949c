"""Terms of matters: duties between the parties that follow from what operators put on record, and from no message."""

from collections.abc import Mapping
from typing import Annotated, Any, Final, Self

from pydantic import Field, model_validator

from validators.agreement.strict import Strict, contradiction

OPENED: Final = "opened"
"""The trigger on which the clocks of a matter start; also the instant that it counts from."""
SETTLED: Final = "settled"
"""The trigger of its end."""
WITHDRAWN: Final = "withdrawn"
"""The trigger of its end where the entry that opened it is withdrawn."""

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,47}$")]


class Entered(Strict):
    """That an entry of a register is on record."""

    entry_of: str
    """Id of the register."""
    keys: tuple[str, ...] = ()
    """Only entries under these keys. What opens a matter needs one under each of them, and the matter is then one of
    the partner as a whole; without keys each entry is a matter of its own, about what its key names.
    """
    where: Mapping[str, str | bool | tuple[str, ...]] = {}
    """Members of its data that it must have, each with its value or one of several."""
    counts_from: str = "valid_from"
    """The member with the day or instant from which it counts; its first day where none is named."""
    about: str | None = None
    """Of what happens in a matter: the member that says what it is about, where its key does not. It begins with the
    key of the entry that opened the matter.
    """
    earlier: bool = False
    """Whether one that counts from before the matter does, too."""

    def fits(self, key: str, data: Mapping[str, Any]) -> bool:
        """Say whether an entry with this key and these data is meant."""
        if self.keys and key not in self.keys:
            return False
        wanted = ((data.get(name), value) for name, value in self.where.items())
        return all(told in value if isinstance(value, tuple) else told == value for told, value in wanted)


class MatterTerm(Strict):
    """One kind of matter. `id` is the key in the file; its clocks name it among their products."""

    id: str
    name: str
    section: str
    opens: Entered
    happens: Mapping[Name, Entered] = {}
    """What may happen in it, by the trigger that its clocks see; entries under the key of the one that opened it."""
    settled_by: tuple[str, ...] = Field(min_length=1)
    """Those of them that end it."""
    told: str = ""
    """What the CLEC is told when it opens; empty where it knows."""
    facts: tuple[Name, ...] = ()
    """Members of the opening entry's data (with `-` for `_`) that are conditions of clocks where they are true."""

    @property
    def triggers(self) -> frozenset[str]:
        """What its clocks may start and stop on."""
        return frozenset({OPENED, SETTLED, WITHDRAWN, *self.happens})

    @model_validator(mode="after")
    def _ends_by_what_happens(self) -> Self:
        if unknown := sorted(set(self.settled_by) - set(self.happens)):
            raise contradiction(f"nothing that happens is called {', '.join(unknown)}", "name it under happens")
        return self
