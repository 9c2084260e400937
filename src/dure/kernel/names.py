"""Names and sentences that policy data carry in both languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """A word or sentence with its Korean and its English, so no catalogue is needed.

    >>> Name("기초", "Basic").say("en")
    'Basic'
    """

    ko: str
    en: str

    def say(self, language: str) -> str:
        """The wording for a language code; anything that is not Korean gets English."""
        return self.ko if language.startswith("ko") else self.en

    def filled(self, **names: "Name") -> "Name":
        """The same sentence with its `{fields}` filled in each language."""
        return Name(
            self.ko.format(**{key: name.ko for key, name in names.items()}),
            self.en.format(**{key: name.en for key, name in names.items()}),
        )

    def __str__(self) -> str:
        return self.ko
