"""Forms from which requests are made: from the schemas, judged by the rules of the API."""
