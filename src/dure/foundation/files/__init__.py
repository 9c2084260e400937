"""Files people give us: streamed, hashed, size-limited, judged by content, kept unchanged."""
