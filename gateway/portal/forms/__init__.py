"""Requests as forms to fill in, made of the schemas' field catalogue: any family whose messages are forms of fields."""
