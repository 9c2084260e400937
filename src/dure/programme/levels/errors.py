"""What the level room refuses.

LevelsError
├── NothingToMeasureError  the workplace has no imported data
└── DataChangedError       data came or went while they were measured
"""

from dure.kernel.errors import DureError
from dure.kernel.text import Text


class LevelsError(DureError):
    """Root of the room's refusals."""


class NothingToMeasureError(LevelsError):
    """No finished import: there is nothing to hold against the level grid."""

    def __init__(self) -> None:
        super().__init__(
            Text("아직 잴 데이터가 없습니다."),
            Text("설비나 MES가 남긴 파일을 먼저 올려 주세요."),
        )


class DataChangedError(LevelsError):
    """Every try saw the data change under it, so that it would rest on no one state of them."""

    def __init__(self) -> None:
        super().__init__(
            Text("재는 동안 데이터가 계속 바뀌어 끝내지 못했습니다."),
            Text("파일 가져오기나 되돌리기가 끝난 뒤 다시 측정해 주세요."),
        )
