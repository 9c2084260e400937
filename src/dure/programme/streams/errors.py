"""What the data room refuses.

StreamsError
├── SameFileError      the workplace's lake already holds this very file
└── ImportStateError   the import is not in a state that allows it
"""

from dure.kernel.errors import DureError
from dure.kernel.text import Text


class StreamsError(DureError):
    """Root of the room's refusals."""


class SameFileError(StreamsError):
    """The same bytes were imported before; twice the rows would look like copied data."""

    def __init__(self, import_id: int, sent_on: str) -> None:
        super().__init__(
            Text("이미 가져온 파일입니다 ({day}에 보냄).", {"day": sent_on}),
            Text("다시 가져오려면 먼저 그 가져오기를 되돌려 주세요."),
        )
        self.import_id = import_id


class ImportStateError(StreamsError):
    """The import has moved on, in another window or by another person."""

    def __init__(self) -> None:
        super().__init__(
            Text("지금은 할 수 없습니다. 가져오기의 상태가 바뀌었습니다."),
            Text("화면을 새로 고쳐 현재 상태를 확인해 주세요."),
        )
