"""Manufacturing indicators from readings and events, in ISO 22400-2 terms."""
