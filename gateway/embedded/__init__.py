"""The no-dependency default of the queue: a private Redis-compatible server that lives and dies with the gateway."""

from gateway.embedded.folder import FolderInUse, socket_path
from gateway.embedded.server import EmbeddedFailed, EmbeddedRedis, Fsync, server_binary

__all__ = ["EmbeddedFailed", "EmbeddedRedis", "FolderInUse", "Fsync", "server_binary", "socket_path"]
