"""Work that outlasts a request: queued, with progress, retry, and a page one can leave."""
