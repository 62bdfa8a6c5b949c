"""The portal's own files, at addresses that change with their content, so that browsers may keep them."""

import hashlib
from importlib import resources

from aiohttp import web

_TYPES = {"portal.css": "text/css", "portal.js": "text/javascript", "portal.svg": "image/svg+xml"}
_PREFIX = "/portal/static"


class StaticFiles:
    """Holds the files in memory."""

    def __init__(self) -> None:
        folder = resources.files("gateway.portal") / "static"
        self._files: dict[str, tuple[bytes, str]] = {}
        self.addresses: dict[str, str] = {}
        """By name, where a file is."""
        for name, media_type in _TYPES.items():
            content = (folder / name).read_bytes()
            stem, _, ending = name.partition(".")
            served = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{ending}"
            self._files[served] = content, media_type
            self.addresses[name] = f"{_PREFIX}/{served}"

    def mount(self, app: web.Application) -> None:
        """Serve them."""
        app.router.add_get(f"{_PREFIX}/{{file}}", self._serve, name="portalFile")

    async def _serve(self, request: web.Request) -> web.Response:
        content, media_type = self._files.get(request.match_info["file"], (None, ""))
        if content is None:
            raise web.HTTPNotFound
        headers = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
        return web.Response(body=content, content_type=media_type, charset="utf-8", headers=headers)
