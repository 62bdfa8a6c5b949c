"""Pages of a CLEC: where it stands, its mailbox, its batches, its settings."""
