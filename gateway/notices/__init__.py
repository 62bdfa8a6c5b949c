"""What the CLEC is told: the content of notices and acknowledgements, as XML of the release and as JSON."""
