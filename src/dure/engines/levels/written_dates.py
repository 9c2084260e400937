"""Dates that stand in a column of words: a delivery day, the time a record arrived."""

import re

import numpy as np
import numpy.typing as npt

from dure.engines.kpi.cadence import KOREA_OFFSET
from dure.engines.kpi.frames import WordColumn

NO_DATE = np.iinfo(np.int64).min
_DATE = re.compile(r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d+)?)?)?")


def dates_in(column: WordColumn) -> npt.NDArray[np.int64] | None:
    """Microseconds since 1970 UTC of a column of Korean dates, `NO_DATE` where empty.

    None if the column holds anything else, or nothing.
    """
    used = np.unique(column.codes[column.codes >= 0])
    if len(used) == 0:
        return None
    instants = np.full(len(column.words) + 1, NO_DATE, np.int64)
    for code in used:
        word = column.words[code].strip().replace("/", "-")
        if _DATE.fullmatch(word) is None:
            return None
        try:
            local = np.datetime64(word.replace(" ", "T"), "us").astype(np.int64)
        except ValueError:
            return None
        instants[code] = local - KOREA_OFFSET
    return instants[column.codes]
