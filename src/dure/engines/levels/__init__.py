"""Measures which system level the data of a site support, and how surely."""
