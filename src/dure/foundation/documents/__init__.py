"""Documents Dure issues: rendered once, numbered, hashed, and open to anyone's check."""
