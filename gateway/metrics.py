"""Every metric of the gateway: one closed list, each with what it means and its unit, in Prometheus text form."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_INTAKE_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)


class Metrics:
    """The gauges and counters of one gateway process, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        r = self._registry
        self.submissions = Counter(
            "oss_gateway_submissions", "Messages answered, by family and outcome", ["family", "outcome"], registry=r
        )
        self.intake_seconds = Histogram(
            "oss_gateway_intake_seconds",
            "Time from the whole request read to its answer, in seconds",
            ["family"],
            buckets=_INTAKE_BUCKETS,
            registry=r,
        )
        self.decisions = Counter(
            "oss_gateway_decisions", "Back-end decisions, by kind and result", ["decision", "result"], registry=r
        )
        self.preorder_queries = Counter(
            "oss_gateway_preorder_queries",
            "Pre-order questions, by query and outcome (found, not-found, silent, error)",
            ["query", "outcome"],
            registry=r,
        )
        self.preorder_seconds = Histogram(
            "oss_gateway_preorder_seconds",
            "Time from a pre-order question read to its answer, in seconds",
            ["query"],
            buckets=_INTAKE_BUCKETS,
            registry=r,
        )
        self.clocks_fired = Counter(
            "oss_gateway_clocks_fired", "Clocks: warning, breach, failed (put off)", ["fired"], registry=r
        )
        self.clocks_open = Gauge("oss_gateway_clocks_open", "Clocks that run", registry=r)
        self.clocks_overdue = Gauge("oss_gateway_clocks_overdue", "Clocks past due, duty still open", registry=r)
        self.queue_depth = Gauge(
            "oss_gateway_queue_depth", "Work items: pending, sent (unsettled), dead", ["state"], registry=r
        )
        self.outbox_lag_seconds = Gauge(
            "oss_gateway_outbox_lag_seconds", "Age of the oldest work item that was not sent yet", registry=r
        )
        self.queue_oldest_seconds = Gauge(
            "oss_gateway_queue_oldest_seconds", "Age of the oldest unsettled work item", registry=r
        )
        self.batch_requests = Counter(
            "oss_gateway_batch_requests",
            "Requests of batch files that were processed, by outcome",
            ["outcome"],
            registry=r,
        )
        self.connections_closed = Counter(
            "oss_gateway_connections_closed",
            "Connections closed: too many (total, address), slow",
            ["reason"],
            registry=r,
        )
        self.notices_undelivered = Gauge(
            "oss_gateway_notices_undelivered", "Notices that no CLEC has acknowledged", registry=r
        )

    def text(self) -> bytes:
        """Give all metrics in the Prometheus text format 0.0.4."""
        return generate_latest(self._registry)
