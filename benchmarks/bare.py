"""Yardstick 1: an aiohttp handler that reads the body and answers 202. With this server nothing is faster."""

import argparse

import uvloop
from aiohttp import web

from benchmarks.tuning import settle_collector


async def _take(request: web.Request) -> web.Response:
    await request.read()
    return web.Response(status=202)


def main() -> None:
    """Serve on the port that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bare", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    options = parser.parse_args()
    app = web.Application()
    app.router.add_post("/v1/lsr", _take)
    settle_collector()
    uvloop.install()
    web.run_app(app, host="127.0.0.1", port=options.port, print=None, access_log=None)


if __name__ == "__main__":
    main()
