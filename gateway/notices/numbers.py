"""Which field carries the provider's number of an order, family by family."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from gateway.record.rows import Family

NUMBER_FIELD: Final[Mapping[Family, str]] = MappingProxyType(
    {Family.LSR: "LSR_NO", Family.ASR: "ASR_NO", Family.COLLOCATION: "COLLO_NO"}
)
"""The element of acknowledgements and notices that has the number."""
