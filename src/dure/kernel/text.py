"""Sentences for people, written in Korean at the source and translated at the edge.

The floors below Django cannot call gettext, so they return a `Text`: the Korean sentence as
its own catalogue key, with named fields. Pages and the command line render it in the reader's
language. Never place a variable directly before a particle (은/는/이/가/을/를).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dure.kernel.names import Name

Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Text:
    """A Korean sentence with `{named}` fields; `str()` gives the Korean.

    >>> str(Text("{row}행: 시각을 읽을 수 없습니다.", {"row": 3}))
    '3행: 시각을 읽을 수 없습니다.'
    """

    source: str
    params: Mapping[str, object] = field(default_factory=dict)

    def render(self, translate: Translate | None = None, language: str = "ko") -> str:
        """The sentence in the language of `translate`; nested texts are translated too.

        `language` is the code of that language, for names that carry both languages.
        """
        template = translate(self.source) if translate else self.source
        said = {key: _render(value, translate, language) for key, value in self.params.items()}
        return template.format(**said)

    def __str__(self) -> str:
        return self.render()


def _render(value: object, translate: Translate | None, language: str) -> object:
    if isinstance(value, Name):
        return value.say(language)
    return value.render(translate, language) if isinstance(value, Text) else value
