"""The office: everything of the gateway that has state, time or a socket."""

__version__ = "0.1.0"
