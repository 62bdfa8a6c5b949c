"""What operators put on record beside the orders: dated entries in a closed list of registers, as rules see them."""
