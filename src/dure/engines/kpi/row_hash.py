"""One 64-bit hash per row and per window of rows, so that copied blocks can be found."""

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]

_ODD = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_STEP = np.uint64(0x5851F42D4C957F2D)
_WINDOW_STEP = np.uint64(0x100000001B3)
_EMPTY = np.float64(-1.2345678912345e300)


class RowHash:
    """Takes in a table's columns one by one, so that no two need to be in memory at once."""

    def __init__(self) -> None:
        self.values: Hashes = np.zeros(0, np.uint64)
        self.series: tuple[str, ...] = ()

    def add(self, series_id: str, column: npt.NDArray[np.float64]) -> None:
        """Mix one more column into every row's hash; equal cells hash equally, empty ones too."""
        if not self.series:
            self.values = np.zeros(len(column), np.uint64)
        # Adding zero turns -0.0 into 0.0, which compares equal but has other bits.
        cells = np.where(np.isnan(column), _EMPTY, column + 0.0).view(np.uint64)
        cells = cells * _ODD
        cells ^= cells >> np.uint64(29)
        cells *= _MIX
        cells ^= cells >> np.uint64(32)
        self.values = self.values * _STEP + cells
        self.values ^= self.values >> np.uint64(31)
        self.series = (*self.series, series_id)


def window_hashes(hashes: Hashes, length: int) -> Hashes:
    """Hash of each run of `length` rows, shape (rows - length + 1,); empty for fewer rows."""
    count = len(hashes) - length + 1
    if count <= 0:
        return np.zeros(0, np.uint64)
    result = np.zeros(count, np.uint64)
    for offset in range(length):
        result = result * _WINDOW_STEP + hashes[offset : offset + count] * _ODD
    return result
