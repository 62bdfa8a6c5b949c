"""The SOAP 1.1 doors: document/literal envelopes around the release's own messages, on the same services."""
