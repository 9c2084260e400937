"""Level measurements of a workplace and the evidence they rest on."""
