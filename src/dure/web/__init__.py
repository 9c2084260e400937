"""Pages, cut by audience. Views read `queries` and call `actions`; no rule lives here."""
