"""Chooses the table an import goes to: files with the same columns belong together."""

from collections.abc import Collection, Iterable
from collections.abc import Mapping as Dict
from dataclasses import dataclass

from dure.engines.lake.errors import MappingError
from dure.engines.lake.facts import Kind, Layout
from dure.engines.lake.headers import make_tag
from dure.engines.lake.manifest import Manifest
from dure.engines.lake.mapping import Mapping
from dure.kernel.text import Text

_SHARED = 0.8


@dataclass(frozen=True, slots=True)
class Shape:
    """Columns of a table: kinds by tag, layout, and whether rows have times."""

    kinds: Dict[str, Kind]
    layout: Layout
    timed: bool

    def clash(self, other: "Shape") -> str | None:
        """A tag both have with different kinds, or the whole where they cannot be one table."""
        if (self.layout, self.timed) != (other.layout, other.timed):
            return "*"
        return next(
            (tag for tag, kind in other.kinds.items() if self.kinds.get(tag, kind) is not kind),
            None,
        )

    def resembles(self, other: "Shape") -> bool:
        """Equal but for a few columns that one has and the other has not."""
        mine, theirs = set(self.kinds), set(other.kinds)
        if self.clash(other) or not (mine <= theirs or theirs <= mine):
            return False
        return len(mine & theirs) >= _SHARED * len(mine | theirs)


def shape_of(mapping: Mapping) -> Shape:
    """Shape of the table a mapping makes."""
    kinds = {column.tag: column.kind for column in mapping.stored}
    if mapping.layout is Layout.LONG:
        kinds = {}
    return Shape(kinds, mapping.layout, mapping.time is not None)


def shapes(manifests: Iterable[Manifest]) -> dict[str, Shape]:
    """Shapes of a site's frames, all their imports together."""
    found: dict[str, Shape] = {}
    for manifest in manifests:
        known = found.get(manifest.frame)
        kinds = {**known.kinds, **manifest.kinds} if known else dict(manifest.kinds)
        found[manifest.frame] = Shape(kinds, manifest.layout, manifest.timed)
    return found


def choose_frame(
    known: Dict[str, Shape],
    shape: Shape,
    wanted: str | None,
    name: str,
    joinable: Collection[str] | None = None,
) -> str:
    """The frame for a new import.

    Args:
        wanted: frame a person chose; None lets a table of the same columns be found.
        name: what a new frame is called.
        joinable: frames the import may join; None is any.

    Raises:
        MappingError: the wanted frame holds the same tag as another kind.
    """
    if wanted is not None:
        frame = make_tag(wanted)
        if frame in known and (tag := known[frame].clash(shape)):
            raise _clash(frame, tag)
        return frame
    if shape.layout is Layout.WIDE:
        for frame, other in known.items():
            if _is_open(frame, joinable) and other.resembles(shape):
                return frame
    candidate, number = name, 2
    while candidate in known and not (known[candidate] == shape and _is_open(candidate, joinable)):
        candidate, number = f"{name}-{number}", number + 1
    return candidate


def _is_open(frame: str, joinable: Collection[str] | None) -> bool:
    return joinable is None or frame in joinable


def _clash(frame: str, tag: str) -> MappingError:
    if tag == "*":
        return MappingError(
            Text("이 표와 형식이 다릅니다: {frame}", {"frame": frame}),
            Text("다른 표 이름을 고르거나 비워 두세요."),
        )
    return MappingError(
        Text(
            "{frame} 표의 {tag} 열은 숫자와 글자를 함께 담을 수 없습니다.",
            {"frame": frame, "tag": tag},
        ),
        Text("열의 역할을 이 표와 같게 하거나 다른 표 이름을 고르세요."),
    )
