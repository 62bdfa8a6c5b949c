"""The schemas that produced documents are held against."""

import pytest
from lxml import etree

from validators.bundled import bundled_path


@pytest.fixture(scope="session")
def notice_schema() -> etree.XMLSchema:
    """The schema of notices."""
    return etree.XMLSchema(file=str(bundled_path("schemas") / "r1" / "notice.xsd"))


@pytest.fixture(scope="session")
def acknowledgement_schema() -> etree.XMLSchema:
    """The schema of acknowledgements."""
    return etree.XMLSchema(file=str(bundled_path("schemas") / "r1" / "acknowledgement.xsd"))
