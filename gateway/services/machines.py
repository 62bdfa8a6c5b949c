"""Which life cycle the orders of each family go through."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from gateway.lifecycle.asr import ASR_ORDER
from gateway.lifecycle.lsr import LSR_ORDER
from gateway.lifecycle.machine import Machine
from gateway.lifecycle.matter import MATTER
from gateway.record.rows import Family

MACHINES: Final[Mapping[Family, Machine]] = MappingProxyType(
    {Family.LSR: LSR_ORDER, Family.ASR: ASR_ORDER, Family.MATTER: MATTER}
)
"""The life cycle of each family that the gateway takes."""
