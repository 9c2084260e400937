"""Says texts in the reader's language: Korean as written, English from the compiled catalogue."""

import gettext
from pathlib import Path

from dure.kernel.names import Name
from dure.kernel.text import Text, Translate

LANGUAGES = ("ko", "en")
LOCALE = Path(__file__).resolve().parents[1] / "locale"


class Speaker:
    """Renders texts and names in one language.

    Without a compiled catalogue texts stay Korean; names of the policy data carry their own
    English.
    """

    def __init__(self, language: str, locale: Path = LOCALE) -> None:
        self.language = language
        self._translate = None if language.startswith("ko") else _catalogue(language, locale)

    def say(self, words: Text | Name) -> str:
        """The sentence or name in the reader's language."""
        if isinstance(words, Name):
            return words.say(self.language)
        return words.render(self._translate, self.language)


def _catalogue(language: str, locale: Path) -> Translate | None:
    path = locale / language / "LC_MESSAGES" / "django.mo"
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return gettext.GNUTranslations(file).gettext
