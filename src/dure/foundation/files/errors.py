"""Errors of files: FileRefusedError (what was given), FileInUseError (what is deleted)."""

from dure.kernel.errors import DureError
from dure.kernel.text import Text


class FileRefusedError(DureError):
    """The file is not taken; nothing of it was kept."""


class FileInUseError(DureError):
    """Something still rests on the file."""

    def __init__(self, name: str) -> None:
        super().__init__(
            Text("다른 기록이 이 파일을 쓰고 있어 지울 수 없습니다: {name}", {"name": name}),
            Text("이 파일을 쓰는 가져오기나 신청을 먼저 취소해 주세요."),
        )
