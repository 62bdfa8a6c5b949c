"""The metrics: a closed list, each explained, one registry a process."""

from gateway.metrics import Metrics


def test_every_metric_is_named_and_explained() -> None:
    """All names carry the gateway's prefix and a help text."""
    lines = Metrics().text().decode().splitlines()
    helped = {line.split()[2] for line in lines if line.startswith("# HELP") and len(line.split()) > 3}
    typed = {line.split()[2] for line in lines if line.startswith("# TYPE")}

    assert helped == typed
    assert all(name.startswith("oss_gateway_") for name in typed)


def test_two_gateways_in_one_process_count_apart() -> None:
    """Each has its own registry, so nothing is counted twice or refused."""
    one, two = Metrics(), Metrics()
    one.submissions.labels(family="lsr", outcome="accepted").inc()

    line = 'oss_gateway_submissions_total{family="lsr",outcome="accepted"} 1.0'
    assert line in one.text().decode()
    assert line not in two.text().decode()
