"""Pages about orders, for a CLEC its own and for the ILEC all: the list, one order, its documents."""
