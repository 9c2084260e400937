"""Whether this process was told to stop, and since when its job should hand itself back."""

import time

_hand_back_at: float | None = None


def hand_back_after(seconds: float) -> None:
    """From `seconds` from now on, a running job's next report of progress hands it back."""
    global _hand_back_at  # noqa: PLW0603 - one process, one wish to stop
    _hand_back_at = time.monotonic() + seconds


def keep_going() -> None:
    """Forget that the process was told to stop."""
    global _hand_back_at  # noqa: PLW0603 - one process, one wish to stop
    _hand_back_at = None


def is_time_to_hand_back() -> bool:
    """Whether the grace period is over."""
    return _hand_back_at is not None and time.monotonic() >= _hand_back_at
