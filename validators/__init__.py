"""The judge: bytes, an agreement and what is on record give a verdict. Pure: no I/O but reading its own schemas."""
