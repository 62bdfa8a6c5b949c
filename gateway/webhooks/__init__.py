"""Sends notices to the CLECs' own addresses (webhooks)."""
