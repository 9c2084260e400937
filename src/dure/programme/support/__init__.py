"""Support programmes: calls, applications, requirement checks and their decisions."""
