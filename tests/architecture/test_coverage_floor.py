"""The coverage bar is a number that is read, not a promise."""

from pathlib import Path

import pytest
from coverage import Coverage
from tests import coverage_floor


def record(folder: Path, share: int) -> Path:
    """Coverage of a made kernel of ten lines, of which `share` ran."""
    source = folder / "src" / "dure" / "kernel" / "made.py"
    source.parent.mkdir(parents=True)
    source.write_text("".join(f"a{i} = {i}\n" for i in range(10)))
    data = folder / ".coverage"
    recorded = Coverage(data_file=str(data), config_file=False)
    recorded.get_data().add_lines({str(source): range(1, share + 1)})
    recorded.get_data().write()
    return data


@pytest.mark.parametrize(("share", "code"), [(10, 0), (9, 1)])
def test_a_floor_below_the_bar_fails(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    share: int,
    code: int,
) -> None:
    empty = tmp_path / "pyproject.toml"
    empty.write_text("")
    data = record(tmp_path, share)
    monkeypatch.setattr(coverage_floor, "ROOT", tmp_path)

    assert coverage_floor.main(["kernel"], data) == code
    assert capsys.readouterr().out == f"kernel   {10.0 * share:6.2f} %  (하한 95 %)\n"


def test_nothing_recorded_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert coverage_floor.main(["kernel"], tmp_path / ".coverage") == 1
    assert "측정된 커버리지가 없습니다" in capsys.readouterr().err
