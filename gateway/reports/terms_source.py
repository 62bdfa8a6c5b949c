"""Reads a file of terms into typed data; what is wrong in it is said with file, line and path."""

from dataclasses import fields
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, TypeAdapter, ValidationError

from validators.agreement.yaml_source import Source, read_source

Model = TypeVar("Model", bound=BaseModel)
Parameters = TypeVar("Parameters")


class TermsError(Exception):
    """Raised when a file of terms cannot be used; the text names file, line and path of each mistake."""


def _exact(value: object) -> object:
    """Take a number as it is written: 5.5 is eleven halves, not the nearest binary number."""
    return Fraction(repr(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value


Exact = Annotated[Fraction, BeforeValidator(_exact)]
"""A number of the agreement, exact as written."""


def read_terms(path: Path, model: type[Model]) -> Model:
    """Read a YAML file as `model`.

    Raises:
        TermsError: the file is no YAML or does not fit the model.
        OSError: the file cannot be read.
    """
    source = read_source(path.read_text(encoding="utf-8"), path.name)
    if source.problems:
        raise TermsError("; ".join(map(str, source.problems)))
    try:
        return model.model_validate(source.data)
    except ValidationError as error:
        raise TermsError(_problems(source, error)) from None


def read_limits(kind: type[Parameters], values: dict[str, int]) -> Parameters:
    """Give the named numbers as `kind`.

    Raises:
        TermsError: one is missing, or one is there that nothing reads.
    """
    try:
        return kind(**values)
    except TypeError as error:
        raise TermsError(f"{kind.__name__}: {error}") from None


def with_parameters(parameters: Parameters, changes: dict[str, Any]) -> Parameters:
    """Give the same parameters with some set otherwise, each checked against the values it may take.

    Raises:
        ValueError: a name is no parameter.
        pydantic.ValidationError: a value is none that the parameter may take.
    """
    kind = type(parameters)
    known = {item.name: getattr(parameters, item.name) for item in fields(parameters)}  # type: ignore[arg-type]  # always a dataclass
    if unknown := changes.keys() - known.keys():
        raise ValueError(f"no such parameter: {', '.join(sorted(unknown))}")
    return TypeAdapter(kind).validate_python(known | changes)


def _problems(source: Source, error: ValidationError) -> str:
    return "; ".join(
        str(source.problem(tuple(item["loc"]), item["msg"], "correct the value"))
        for item in error.errors(include_url=False)
    )
