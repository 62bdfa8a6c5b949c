"""Messages: the tree of a document read once into frozen, typed values in the words of the forms."""
