"""What one import brought into a frame; kept beside the tables, in JSON anyone can read."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from dure.engines.lake.durable import synced_replace
from dure.engines.lake.facts import Kind, Layout
from dure.engines.lake.series import SeriesInfo


@dataclass(frozen=True, slots=True)
class Manifest:
    """One import of one site.

    Attributes:
        sequence: order of arrival in the frame, from 1.
        files: Parquet files, relative to the frame's folder, in file order.
        kinds: stored columns and how their values are kept.
    """

    import_id: str
    site: str
    frame: str
    sequence: int
    layout: Layout
    timed: bool
    rows: int
    files: tuple[str, ...]
    kinds: dict[str, Kind]
    series: tuple[SeriesInfo, ...]
    cadence_seconds: float | None


def write_manifest(path: Path, manifest: Manifest) -> None:
    """Keeps a manifest, synced."""
    with synced_replace(path) as temporary:
        temporary.write_bytes(msgspec.json.encode(manifest))


def read_manifest(path: Path) -> Manifest:
    """A manifest kept with `write_manifest`."""
    return msgspec.json.decode(path.read_bytes(), type=Manifest)
