"""Generated requests, good and bad, against the OpenAPI document of a running gateway."""
