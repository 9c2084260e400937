"""One audit row in the same transaction as each write; the database refuses a write without one."""
