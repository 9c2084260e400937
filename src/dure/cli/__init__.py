"""The terminal command `dure`: measures files where they lie, with no server and nothing kept."""
