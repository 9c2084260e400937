"""Sentences for people, written in Korean at the source and translated at the edge.

The floors below Django cannot call gettext, so they return a `Text`: the Korean sentence as
its own catalogue key, with named fields. Pages and the command line render it in the reader's
language. Never place a variable directly before a particle (은/는/이/가/을/를).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Text:
    """A Korean sentence with `{named}` fields; `str()` gives the Korean.

    >>> str(Text("{row}행: 시각을 읽을 수 없습니다.", {"row": 3}))
    '3행: 시각을 읽을 수 없습니다.'
    """

    source: str
    params: Mapping[str, object] = field(default_factory=dict)

    def render(self, translate: Translate | None = None) -> str:
        """The sentence in the language of `translate`; nested texts are translated too."""
        template = translate(self.source) if translate else self.source
        return template.format(**{k: _render(v, translate) for k, v in self.params.items()})

    def __str__(self) -> str:
        return self.render()


def _render(value: object, translate: Translate | None) -> object:
    return value.render(translate) if isinstance(value, Text) else value
