"""Errors of documents: RenderingError (ours), RevocationError (what was asked)."""

from dure.kernel.errors import DureError
from dure.kernel.text import Text


class RenderingError(RuntimeError):
    """The template asks for something that may not be fetched: a programming error."""


class RevocationError(DureError):
    """The document is revoked already, or no reason was given."""

    def __init__(self, text: Text) -> None:
        super().__init__(text, Text("문서의 상태를 확인하고, 취소하는 까닭을 적어 주세요."))
