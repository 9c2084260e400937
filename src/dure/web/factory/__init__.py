"""Pages of the adopter: workplace, data, level, applications."""
