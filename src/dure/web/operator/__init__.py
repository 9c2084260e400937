"""Pages of the agency that runs the programme."""
