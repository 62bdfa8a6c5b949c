"""Opens the reference data that the settings name."""

from pathlib import Path

from gateway.preorder.port import BundledTerritory, ReferenceData
from gateway.preorder.territory import Territory
from gateway.preorder.territory_files import read_files


def reference_data(territory: Path) -> ReferenceData:
    """Give the reference data of the territory in a folder.

    Raises:
        TerritoryWrong: its files cannot be used; every line that is wrong is listed.
    """
    return BundledTerritory(Territory(read_files(territory)))
