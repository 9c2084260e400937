"""The root of every error Dure raises on purpose."""

from dure.kernel.text import Text


class DureError(Exception):
    """An error a person can act on: what is wrong, and what to do next.

    Attributes:
        text: what is wrong, naming row, column or field where there is one.
        remedy: what the person can do about it.
    """

    def __init__(self, text: Text, remedy: Text | None = None) -> None:
        super().__init__(str(text))
        self.text = text
        self.remedy = remedy
