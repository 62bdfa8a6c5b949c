"""Redis Streams between record and back end: relay, sweep, claims, decisions. Redis carries, SQL remembers."""
