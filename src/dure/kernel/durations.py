"""How long something lasted, in the two largest units people would say."""

from dure.kernel.text import Text

_DAY, _HOUR, _MINUTE = 86_400, 3_600, 60


def duration_text(seconds: float) -> Text:
    """A length of time as a sentence part.

    >>> str(duration_text(220)), str(duration_text(0.25)), str(duration_text(183_600))
    ('3분 40초', '0.25초', '2일 3시간')
    """
    if seconds < 10:
        return Text("{seconds}초", {"seconds": f"{seconds:.3g}"})
    whole = round(seconds)
    if whole < _MINUTE:
        return Text("{seconds}초", {"seconds": whole})
    if whole < _HOUR:
        return _minutes(*divmod(whole, _MINUTE))
    if whole < _DAY:
        return _hours(whole // _HOUR, whole % _HOUR // _MINUTE)
    return _days(whole // _DAY, whole % _DAY // _HOUR)


def _minutes(minutes: int, seconds: int) -> Text:
    if not seconds:
        return Text("{minutes}분", {"minutes": minutes})
    return Text("{minutes}분 {seconds}초", {"minutes": minutes, "seconds": seconds})


def _hours(hours: int, minutes: int) -> Text:
    if not minutes:
        return Text("{hours}시간", {"hours": hours})
    return Text("{hours}시간 {minutes}분", {"hours": hours, "minutes": minutes})


def _days(days: int, hours: int) -> Text:
    if not hours:
        return Text("{days:,}일", {"days": days})
    return Text("{days:,}일 {hours}시간", {"days": days, "hours": hours})
