"""Figures the government has announced, from `policy/facts/*.yaml`, each value with its source."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FACTS = Path(__file__).resolve().parents[4] / "policy" / "facts"


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in Korean and English."""

    ko: str
    en: str


@dataclass(frozen=True, slots=True)
class YearValue:
    """The announced value at the end of a year and the page that announced it."""

    year: int
    value: int
    source: str


@dataclass(frozen=True, slots=True)
class PublishedSeries:
    """A yearly series; `goal` is what had been promised for one of the years, if anything."""

    key: str
    title: Words
    unit: Words
    note: Words
    goal: YearValue | None
    last_verified: date
    values: tuple[YearValue, ...]

    @property
    def last(self) -> YearValue:
        """The newest year."""
        return self.values[-1]

    @property
    def previous(self) -> YearValue:
        """The year before the newest."""
        return self.values[-2]


@cache
def published_series(key: str) -> PublishedSeries:
    """The series in `policy/facts/<key>.yaml`; raises FileNotFoundError."""
    raw: dict[str, Any] = yaml.safe_load((FACTS / f"{key}.yaml").read_text(encoding="utf-8"))
    return PublishedSeries(
        key=raw["key"],
        title=Words(**raw["title"]),
        unit=Words(**raw["unit"]),
        note=Words(**raw["note"]),
        goal=YearValue(**raw["goal"]) if raw.get("goal") else None,
        last_verified=raw["last_verified"],
        values=tuple(YearValue(**value) for value in raw["values"]),
    )
