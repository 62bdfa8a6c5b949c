"""`oss-gateway demo`: stories that a CLEC knows, played on the real gateway while a clock is moved by hand."""
