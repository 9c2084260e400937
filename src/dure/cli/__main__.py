"""`python -m dure.cli` is `dure`."""

from dure.cli.main import run

if __name__ == "__main__":
    run()
