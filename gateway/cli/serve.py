"""`oss-gateway serve`: run the gateway until it is told to stop."""

import asyncio
import gc
import logging
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import structlog
import uvloop

from gateway.app.serving import serve as serve_gateway
from gateway.cli.options import plain_errors, settings_from, where
from gateway.settings import Settings

_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}


@click.command()
@where
@click.option("--host", help="Address to listen on; 127.0.0.1 without it.")
@click.option("--port", type=int, help="Port to listen on; 8080 without it, 0 for a free one.")
@click.option("--embedded-redis", type=click.Choice(["valkey", "redis"]), help="Which private server to start.")
@click.option("--embedded-fsync", type=click.Choice(["always", "everysec", "no"]), help="Its appendfsync.")
@click.option("--agreements", type=click.Path(path_type=Path, exists=True), help="Folder of agreement files.")
@click.option("--manual-clock", metavar="TIME", help="Start a clock that only operations move; for tests.")
@click.option(
    "--demo-data", is_flag=True, default=None, help="Made-up orders, and guests who sign in without password."
)
@click.option("--log-format", type=click.Choice(["json", "text"]), help="How log lines are written.")
@click.option("--log-level", type=click.Choice(list(_LEVELS)), help="Least severe line written.")
@plain_errors
def serve(**options: object) -> None:
    """Take orders over HTTP until SIGTERM or SIGINT.

    Without options everything runs by itself: SQLite and a private Redis under one folder, port 8080 on the loopback.
    """
    settings = settings_from(**options)
    hush = configure_log(settings)
    # Orders make many small objects that live for one request: look for cycles seldom.
    gc.set_threshold(50_000, 50, 50)
    uvloop.run(_serve(settings, hush))


async def _serve(settings: Settings, hush: "Hush") -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    if settings.demo_data:
        from gateway.demo.living import demonstrate
        from gateway.demo.past import make_past

        print("making up six weeks of orders, unless they are there already", flush=True)
        with hush.over():
            await make_past(settings)
        await demonstrate(settings, _begin, stop)
    else:
        await serve_gateway(settings, _begin, stop)
    print("stopped", flush=True)


def _begin(url: str) -> None:
    """Say where orders are taken; from now on the collector leaves alone what was loaded by then."""
    gc.collect()
    gc.freeze()
    print(f"ready on {url}", flush=True)


class Hush:
    """Keeps the log quiet for a while: what a made-up past logs happens to nobody."""

    def __init__(self) -> None:
        self._quiet = False

    def __call__(self, _: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        """Drop the line or pass it on."""
        if self._quiet:
            raise structlog.DropEvent
        return event

    @contextmanager
    def over(self) -> Iterator[None]:
        """Be quiet within."""
        self._quiet = True
        try:
            yield
        finally:
            self._quiet = False


def configure_log(settings: Settings) -> Hush:
    """Have log lines written to standard error, JSON for machines or text, and give what keeps it quiet."""
    hush = Hush()
    text = settings.log_format == "text"
    renderer: structlog.typing.Processor = (
        # Plain traces: the renderer's own choice would show the values of variables, keys among them.
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)
        if text
        else structlog.processors.JSONRenderer()
    )
    processors: list[structlog.typing.Processor] = [
        hush,
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if not text:
        processors.append(structlog.processors.format_exc_info)
    structlog.configure(
        processors=[*processors, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[settings.log_level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    return hush
