"""The made-up past of a demonstration."""

from pathlib import Path

import pytest

from gateway.app.commands import open_partners
from gateway.demo.past import AGREEMENT, make_past
from gateway.portal.guests import CLEC
from gateway.record.port import RecordUnavailable
from gateway.settings import Settings


async def test_a_past_that_was_broken_off_is_not_taken_for_whole(tmp_path: Path) -> None:
    """Half of it would be a demonstration without orders: the folder is named, to be removed."""
    settings = Settings(demo_data=True, data=tmp_path)
    async with open_partners(settings) as (_, partners):
        await partners.add(CLEC, "Sawtooth", AGREEMENT, ccna=[], cc=[])

    with pytest.raises(RecordUnavailable, match=f"{tmp_path} holds a demonstration that was broken off"):
        await make_past(settings)
