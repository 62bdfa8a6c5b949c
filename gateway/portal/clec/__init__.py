"""Pages of a CLEC: where it stands, its mailbox, its batch files, its onboarding, its webhook and keys."""
