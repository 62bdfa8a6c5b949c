"""What the gateway works out at the steps of life cycles of the agreement file, one module a room."""
