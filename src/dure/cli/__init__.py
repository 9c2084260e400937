"""The `dure` command: works on files alone, with no server and no Django."""
