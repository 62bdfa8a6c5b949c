"""Files of many requests: taken apart into single documents, or refused as a whole. Pure; judges none of them."""
