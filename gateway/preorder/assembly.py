"""Opens the reference data that the settings name."""

from pathlib import Path

from gateway.clock import Clock
from gateway.preorder.ilec_system import IlecSystem, IlecTerms
from gateway.preorder.port import BundledTerritory, ReferenceData
from gateway.preorder.searched import Searches
from gateway.preorder.territory import Territory
from gateway.preorder.territory_files import read_files


def reference_data(source: Path | IlecTerms, machine: Clock, searches: Searches) -> ReferenceData:
    """Give the reference data of the territory in a folder with `searches` laid over it, or of the ILEC's system.

    `machine` times the rests of that system, which knows by itself what searches have found.

    Raises:
        TerritoryWrong: the files cannot be used; every line that is wrong is listed.
    """
    if isinstance(source, IlecTerms):
        return IlecSystem(source, machine)
    return BundledTerritory(Territory(read_files(source)), searches)
