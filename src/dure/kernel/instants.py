"""Instants and days as Korea counts them; the clock itself is always passed in."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dure.kernel.errors import DureError
from dure.kernel.text import Text

KST = ZoneInfo("Asia/Seoul")


class PeriodError(DureError):
    """A period that ends before it starts, or a half of a year that does not exist."""


def to_kst(instant: datetime) -> datetime:
    """The instant on a clock in Seoul.

    Raises:
        ValueError: a naive datetime, which is no instant.
    """
    if instant.tzinfo is None:
        msg = "a naive datetime is not an instant"
        raise ValueError(msg)
    return instant.astimezone(KST)


def today_kst(now: datetime) -> date:
    """The calendar day in Seoul at `now` (aware)."""
    return to_kst(now).date()


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days from `start` to `end`, both included; `end` None is open.

    Inclusive because Korean rules and calls name the last valid day ("…까지").
    """

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise PeriodError(
                Text(
                    "기간의 끝이 시작보다 빠릅니다: {start} ~ {end}",
                    {"start": self.start, "end": self.end},
                ),
                Text("시작일과 종료일을 확인해 주세요."),
            )

    def contains(self, day: date) -> bool:
        """Whether `day` lies in the period."""
        return self.start <= day and (self.end is None or day <= self.end)

    def overlaps(self, other: "Period") -> bool:
        """Whether any day lies in both."""
        return (other.end is None or self.start <= other.end) and (
            self.end is None or other.start <= self.end
        )

    @property
    def days(self) -> int | None:
        """Number of days, both ends counted; None when open."""
        return None if self.end is None else (self.end - self.start).days + 1

    @classmethod
    def half_year(cls, year: int, half: int) -> "Period":
        """The first (1) or second (2) half of a calendar year.

        >>> Period.half_year(2022, 2)
        Period(start=datetime.date(2022, 7, 1), end=datetime.date(2022, 12, 31))
        """
        if half not in (1, 2):
            raise PeriodError(Text("반기는 1 또는 2입니다: {half}", {"half": half}))
        start = date(year, 1, 1) if half == 1 else date(year, 7, 1)
        after = date(year, 7, 1) if half == 1 else date(year + 1, 1, 1)
        return cls(start, after - timedelta(days=1))


def half_year_of(day: date) -> Period:
    """The calendar half-year in which `day` lies."""
    return Period.half_year(day.year, 1 if day.month <= 6 else 2)
