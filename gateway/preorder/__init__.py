"""Pre-order: what the ILEC's reference data say of places, facilities, numbers and accounts, behind one port."""
