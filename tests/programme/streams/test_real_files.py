"""Real factory files go the whole way: sent, understood, imported, charted, given back."""

import re
from pathlib import Path

import pytest
from tests.factories.registry import make_workplace
from tests.factories.streams import confirm, send_path

from dure.engines.lake.facts import Format
from dure.foundation.jobs.worker import run_pending
from dure.programme.streams import queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


def test_kamp_casting_is_imported_whole(factory_data: Path) -> None:
    actor, workplace_id = make_workplace()
    org = actor.own_organisation_id

    import_id = send_path(actor, workplace_id, factory_data / "kamp_casting" / "casting.parquet")
    confirm(actor, import_id)
    run_pending()

    view = queries.get_import(org, import_id)
    assert view.inspection.format is Format.PARQUET
    assert (view.state, view.rows_accepted + view.rows_refused) == ("done", 72_079)
    signals = queries.list_signals(org, workplace_id)
    assert len(signals) == len(view.mapping.stored)
    assert {str(view.first_at)[:7], str(view.last_at)[:7]} == {"2019-01", "2019-03"}
    kpis = {kpi.key: kpi for kpi in view.kpis}
    assert kpis["good_rate"].value is not None
    assert all(str(kpi.basis) for kpi in view.kpis)
    timed = next(s for s in signals if s.role == "reading" and not s.is_constant)
    drawn = queries.chart(org, workplace_id, timed.series_id, pixels=600)
    assert drawn.timed
    assert 1 < len(drawn.at) <= 600
    assert drawn.count == timed.filled
    assert (min(drawn.low), max(drawn.high)) == (timed.minimum, timed.maximum)
    assert sum(row.count for row in drawn.rows) == drawn.count
    parts = queries.export_csv(org, workplace_id, timed.series_id)
    lines = sum(part.count(b"\r\n") for part in parts)
    assert lines == timed.rows + 1


def test_tuk_skt_tsid_in_mixed_encodings_joins_into_one_table(factory_data: Path) -> None:
    actor, workplace_id = make_workplace()
    org = actor.own_organisation_id
    folder = factory_data / "tuk_skt_tsid"
    files = sorted(folder.rglob("*.csv"))
    by_encoding: dict[str, list[Path]] = {}
    for file in files:
        raw = file.read_bytes()
        encoding = "utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "cp949"
        by_encoding.setdefault(encoding if not raw.isascii() else "utf-8", []).append(file)
    assert {"cp949", "utf-8-sig"} <= set(by_encoding)

    seen = set()
    for encoding, chosen in by_encoding.items():
        for file in chosen[:2]:
            import_id = send_path(actor, workplace_id, file)
            view = queries.get_import(org, import_id)
            seen.add(view.inspection.encoding)
            assert view.inspection.encoding == encoding
            confirm(actor, import_id)
    run_pending()

    imports = queries.list_imports(org, workplace_id)
    assert {row.state for row in imports} == {"done"}
    assert seen >= {"cp949", "utf-8-sig"}
    names = {signal.name for signal in queries.list_signals(org, workplace_id)}
    assert any(re.search(r"[가-힣]", name) for name in names)
    assert not any("�" in name for name in names)
    total = sum(row.rows_accepted for row in imports)
    assert total > 0


def test_kamp_press_dates_that_cannot_be_are_told(factory_data: Path) -> None:
    actor, workplace_id = make_workplace()
    org = actor.own_organisation_id

    file = factory_data / "kamp_press" / "Press_RawDataSet.csv.gz"
    import_id = send_path(actor, workplace_id, file)
    confirm(actor, import_id)
    run_pending()

    view = queries.get_import(org, import_id)
    refused = queries.refused_dates(org, workplace_id)
    assert view.state == "done"
    assert view.rows_refused > 0
    assert len(refused) > 0
    assert all(one.written for one in refused[:100])
