"""`oss-gateway retention`."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gateway.app.commands import open_partners
from gateway.cli import main
from gateway.record.portal import Draft
from gateway.services.batches import WriteBeside
from gateway.settings import Settings


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give the data folder of a gateway with one partner and a draft of 2020."""

    async def prepare() -> None:
        async with open_partners(Settings(data=tmp_path)) as (record, partners):
            await partners.add("sawtooth", "Sawtooth", "template", ccna=["ZQF"], cc=["9Z7A"])
            draft = Draft("drf_1", "prs_1", "sawtooth", "ROSE", {}, datetime(2020, 1, 1, tzinfo=UTC))
            await record.commit(WriteBeside([draft]))

    asyncio.run(prepare())
    return tmp_path


def _run(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["retention", *arguments, "--data", str(data)])


def test_a_purge_is_shown_tried_and_done(data: Path) -> None:
    """What stands and is due is printed, a dry run changes nothing, the purge stands in the audit log."""
    shown = _run(data, "show", "--older-than", "3 years")
    tried = _run(data, "purge", "--older-than", "30 months", "--dry-run")
    done = _run(data, "purge", "--before", "2020-01-02")
    again = _run(data, "purge", "--before", "2020-01-02")
    acts = CliRunner().invoke(main, ["audit", "list", "--data", str(data)])

    assert "submissions      body (document), findings (members)" in shown.output
    assert "drafts                   1 2020-01-01         1  (before" not in shown.output
    assert "drafts                   1 2020-01-01         1" in shown.output
    assert "drafts                   1 would be purged" in tried.output
    assert "drafts                   1 purged" in done.output
    assert "drafts                   0 purged" in again.output
    assert "retention.purge-drafts" in acts.output


def test_nothing_is_purged_unasked(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a day, an age or the setting there is no purge, and nothing is due."""
    refused = _run(data, "purge")
    shown = _run(data, "show")
    monkeypatch.setenv("OSS_GATEWAY_RETENTION_MONTHS", "36")
    by_setting = _run(data, "purge", "--dry-run")

    assert (2, True) == (refused.exit_code, "retention_months" in refused.output)
    assert "drafts                   1 2020-01-01         0" in shown.output
    assert "drafts                   1 would be purged" in by_setting.output


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--before", "2020-01-02", "--older-than", "3 years"), "not both"),
        (("--older-than", "a while"), "is no age"),
        (("--older-than", "3 months"), "is kept for audits (18.2.7)"),
    ],
)
def test_what_may_not_be_purged_is_refused_in_words(data: Path, given: tuple[str, ...], told: str) -> None:
    """Two days, an age that cannot be read, and what an audit may still ask for."""
    refused = _run(data, "purge", *given)

    assert refused.exit_code != 0
    assert told in refused.output
