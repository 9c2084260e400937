"""Korean and English formats of dates and numbers."""
