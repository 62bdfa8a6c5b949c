"""`python -m gateway` is the command `oss-gateway`."""

from gateway.cli import main

if __name__ == "__main__":
    main(prog_name="oss-gateway")
