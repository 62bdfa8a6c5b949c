"""Reports as web pages that need nothing else: one style, charts drawn as SVG on the server."""
