"""The lake: imports files into open tables, shows what a site has, takes imports out again."""

import fcntl
import re
import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dure.engines.lake.batches import Refusal
from dure.engines.lake.durable import sync, telling_full_disk
from dure.engines.lake.errors import StoreError
from dure.engines.lake.findings import Finding
from dure.engines.lake.frames import Shape, choose_frame, shape_of, shapes
from dure.engines.lake.manifest import Manifest, read_manifest, write_manifest
from dure.engines.lake.mapping import Mapping, require_consistent
from dure.engines.lake.quarantine import (
    count_quarantine,
    read_quarantine,
    refused_values,
    write_csv,
)
from dure.engines.lake.reading import Progress, frame_name
from dure.engines.lake.series import SeriesInfo
from dure.engines.lake.site import LakeSite
from dure.engines.lake.sniffing import latest_of
from dure.engines.lake.staging import Staged, staged
from dure.engines.lake.tables import commit, schema_of, visible_files, withdraw
from dure.kernel.text import Text

_KEY = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")


@dataclass(frozen=True, slots=True)
class Beside:
    """Asks for a table of equal columns among those that hold one of these imports, or a new one.

    Two machines that write the same columns are kept apart so.
    """

    imports: frozenset[str]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What one import did.

    Attributes:
        rows: data rows seen; `accepted` of them are in the lake, `refused` in quarantine.
        first, last: microseconds UTC of the accepted rows.
        quarantine: Parquet file of the refused rows; None where none were.
        frame: the table the rows went to; empty where no row was accepted.
    """

    rows: int
    accepted: int
    refused: int
    series: tuple[SeriesInfo, ...]
    first: int | None
    last: int | None
    findings: tuple[Finding, ...]
    quarantine: Path | None
    frame: str


class Lake:
    """A folder of open tables: `tables/<site>/<frame>` are Delta Lake tables.

    An import is visible once its Delta commit is on the disk, and not before; until then its
    files stand in `staging/`. Safe for several processes: imports of one site commit in turn.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def import_file(
        self,
        path: Path,
        mapping: Mapping,
        *,
        site: str,
        import_id: str,
        frame: str | Beside | None = None,
        progress: Progress | None = None,
        name: str | None = None,
        latest_micros: int | None = None,
    ) -> ImportReport:
        """Reads a file by its mapping and keeps its rows.

        Args:
            frame: table to add to; None lets equal columns find their table, or make one;
                `Beside` lets them find it among the tables of some imports only.
            progress: told bytes done and bytes in all.
            name: what people call the file, where it is kept under another name.
            latest_micros: later instants are refused; None is a day after the file was written.

        Raises:
            UnreadableFileError, MappingError: the file or mapping cannot be used.
            StoreError: the id is in use, or the disk is full.
                Nothing is left in any of these cases.
        """
        require_consistent(mapping)
        self._require_new(site, import_id)
        self._choose(site, mapping, frame, name or path.name)
        latest = latest_of(path) if latest_micros is None else latest_micros
        folder = self._root / "staging" / import_id
        with (
            staged(
                folder,
                path,
                name or path.name,
                mapping,
                latest_micros=latest,
                progress=progress,
            ) as rows,
            self._locked(site),
        ):
            self._require_new(site, import_id)
            chosen = self._choose(site, mapping, frame, name or path.name)
            return self._land(rows, mapping, site=site, import_id=import_id, frame=chosen)

    def remove_import(self, site: str, import_id: str) -> None:
        """Takes out exactly the rows of one import, and its quarantine; harmless if unknown."""
        _require_key(site)
        _require_key(import_id)
        with self._locked(site):
            shutil.rmtree(self._root / "staging" / import_id, ignore_errors=True)
            for table in self._tables(site).glob("*"):
                withdraw(table, import_id)
                shutil.rmtree(table / _partition(import_id), ignore_errors=True)
            manifest = self._manifest(site, import_id)
            if manifest.exists() or not self._belongs_elsewhere(site, import_id):
                self._quarantine(import_id).unlink(missing_ok=True)
                self._quarantine(import_id, ".csv").unlink(missing_ok=True)
            manifest.unlink(missing_ok=True)

    def list_imports(self, site: str) -> tuple[Manifest, ...]:
        """The imports of a site that are visible, in order of arrival."""
        _require_key(site)
        visible = {table.name: visible_files(table) for table in self._tables(site).glob("*")}
        manifests = [
            manifest
            for path in (self._root / "imports" / site).glob("*.json")
            if (manifest := read_manifest(path)).import_id in visible.get(manifest.frame, {})
        ]
        return tuple(sorted(manifests, key=lambda manifest: manifest.sequence))

    def list_series(self, site: str) -> tuple[SeriesInfo, ...]:
        """Every series of a site."""
        return self.site_data(site).list_series()

    def site_data(self, site: str, imports: Sequence[str] | None = None) -> LakeSite:
        """A site's data for engines to read; only some imports where they are named."""
        manifests = self.list_imports(site)
        if imports is not None:
            wanted = set(imports)
            manifests = tuple(m for m in manifests if m.import_id in wanted)
        return LakeSite(self._tables(site), manifests)

    def count_quarantine(self, import_id: str) -> int:
        """How many rows of an import were refused."""
        path = self._quarantine(import_id)
        return count_quarantine(path) if path.exists() else 0

    def quarantine_rows(self, import_id: str, offset: int, limit: int) -> tuple[Refusal, ...]:
        """A page of an import's refused rows in file order; empty where none were."""
        path = self._quarantine(import_id)
        return read_quarantine(path, offset, limit) if path.exists() else ()

    def refused_values(self, import_id: str, reasons: Collection[str]) -> list[tuple[int, str]]:
        """File row and written value of an import's rows refused for one of these reasons."""
        path = self._quarantine(import_id)
        return list(refused_values(path, reasons)) if path.exists() else []

    def quarantine_csv(self, import_id: str) -> Path:
        """The refused rows as a CSV to correct and send again.

        Raises:
            StoreError: the import refused no row.
        """
        path = self._quarantine(import_id)
        if not path.exists():
            raise StoreError(
                Text("격리된 행이 없습니다: {id}", {"id": import_id}),
                Text("가져오기 목록에서 격리된 행이 있는 것을 골라 주세요."),
            )
        target = self._quarantine(import_id, ".csv")
        return target if target.exists() else write_csv(path, target)

    def _land(
        self, rows: Staged, mapping: Mapping, *, site: str, import_id: str, frame: str
    ) -> ImportReport:
        """Moves staged files into their table and commits; takes everything back on failure."""
        table = self._tables(site) / frame
        partition = table / _partition(import_id)
        kept = self._quarantine(import_id) if rows.quarantine else None
        try:
            with telling_full_disk():
                if rows.quarantine and kept:
                    _move(rows.quarantine, kept)
                if rows.parts:
                    files = [(f"{partition.name}/{path.name}", n) for path, n in rows.parts]
                    for path, _ in rows.parts:
                        _move(path, partition / path.name)
                    manifest = self._describe(rows, mapping, site, import_id, frame, files)
                    write_manifest(self._manifest(site, import_id), manifest)
                    shape = shape_of(mapping)
                    schema = schema_of(shape.kinds, shape.layout, timed=shape.timed)
                    commit(table, schema, import_id, files)
        except BaseException:
            self._take_back(table, import_id, self._manifest(site, import_id))
            raise
        return _report(rows, frame if rows.parts else "", kept)

    def _describe(
        self,
        rows: Staged,
        mapping: Mapping,
        site: str,
        import_id: str,
        frame: str,
        files: list[tuple[str, int]],
    ) -> Manifest:
        shape = shape_of(mapping)
        before = [manifest.sequence for manifest in self.list_imports(site)]
        return Manifest(
            import_id=import_id,
            site=site,
            frame=frame,
            sequence=max(before, default=0) + 1,
            layout=shape.layout,
            timed=shape.timed,
            rows=rows.tally.whole.rows,
            files=tuple(path for path, _ in files),
            kinds=dict(shape.kinds),
            series=rows.tally.series(frame),
            cadence_seconds=rows.tally.cadence_seconds(),
        )

    def _take_back(self, table: Path, import_id: str, manifest: Path) -> None:
        withdraw(table, import_id)
        shutil.rmtree(table / _partition(import_id), ignore_errors=True)
        manifest.unlink(missing_ok=True)
        self._quarantine(import_id).unlink(missing_ok=True)
        if table.is_dir() and not any(table.iterdir()):
            table.rmdir()

    def _choose(self, site: str, mapping: Mapping, frame: str | Beside | None, name: str) -> str:
        manifests = self.list_imports(site)
        known: dict[str, Shape] = shapes(manifests)
        title = mapping.title or frame_name(name)
        if isinstance(frame, Beside):
            joinable = {m.frame for m in manifests if m.import_id in frame.imports}
            return choose_frame(known, shape_of(mapping), None, title, joinable)
        return choose_frame(known, shape_of(mapping), frame, title)

    def _require_new(self, site: str, import_id: str) -> None:
        _require_key(site)
        _require_key(import_id)
        if self._manifest(site, import_id).exists() or self._quarantine(import_id).exists():
            raise StoreError(
                Text("이미 가져온 번호입니다: {id}", {"id": import_id}),
                Text("먼저 되돌린 뒤 다시 가져와 주세요."),
            )

    def _belongs_elsewhere(self, site: str, import_id: str) -> bool:
        others = (self._root / "imports").glob(f"*/{import_id}.json")
        return any(path.parent.name != site for path in others)

    def _tables(self, site: str) -> Path:
        return self._root / "tables" / site

    def _manifest(self, site: str, import_id: str) -> Path:
        return self._root / "imports" / site / f"{import_id}.json"

    def _quarantine(self, import_id: str, ending: str = ".parquet") -> Path:
        _require_key(import_id)
        return self._root / "quarantine" / f"{import_id}{ending}"

    @contextmanager
    def _locked(self, site: str) -> Iterator[None]:
        folder = self._root / "locks"
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / f"{site}.lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield


def _report(rows: Staged, frame: str, quarantine: Path | None) -> ImportReport:
    tally = rows.tally
    return ImportReport(
        rows=tally.whole.rows + tally.refused,
        accepted=tally.whole.rows,
        refused=tally.refused,
        series=tally.series(frame) if frame else (),
        first=tally.whole.first,
        last=tally.whole.last,
        findings=tally.findings(),
        quarantine=quarantine,
        frame=frame,
    )


def _partition(import_id: str) -> str:
    return f"import_id={import_id}"


def _move(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    sync(path)
    path.rename(target)
    sync(target.parent)


def _require_key(key: str) -> None:
    if not _KEY.match(key):
        raise StoreError(
            Text("쓸 수 없는 이름입니다: {key}", {"key": key}),
            Text("영문자와 숫자, 붙임표로 64자까지 적어 주세요."),
        )
