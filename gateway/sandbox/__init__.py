"""The stand-alone test environment (SATE, 12.2.9.3): a time of its own for each partner, and a scripted back end."""
