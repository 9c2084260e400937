"""The measurement as a page of text: level, criteria, doubts, first indicators, what is missing."""

import unicodedata

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text as Styled

from dure.cli.language import Speaker
from dure.cli.results import Results
from dure.engines.kpi.indicator import KpiValue
from dure.engines.lake.findings import Severity
from dure.engines.levels.findings import CellFinding, Status
from dure.kernel.text import Text

_STATUS = {
    Status.SUPPORTED: ("✓", "green", Text("확인됨")),
    Status.NOT_SUPPORTED: ("✗", "red", Text("모자람")),
    Status.CANNOT_TELL: ("?", "yellow", Text("알 수 없음")),
}
_SEVERITY = {
    Severity.ERROR: ("!", "red", Text("크게 의심됨")),
    Severity.WARNING: ("!", "yellow", Text("의심됨")),
    Severity.INFO: ("·", "cyan", Text("참고")),
}
_MOST_NAMED = 12
_NAME_WIDE = 26


class Report:
    """Writes results for a person.

    Args:
        speaker: renders in the reader's language.
        console: where it is written.
    """

    def __init__(self, speaker: Speaker, console: Console) -> None:
        self._speaker = speaker
        self._console = console

    def write(self, results: Results) -> None:
        """Everything found, the most important first."""
        parts = [
            self._level(results),
            self._criteria(results),
            self._doubts(results),
            self._kpis(results),
            self._list(Text("다음 수준에 모자란 것"), results.measurement.missing_for_next),
            self._list(Text("이 자료로 알 수 없는 것"), results.measurement.not_measurable),
            self._files(results),
        ]
        for part in parts:
            if part is not None:
                self._console.print(part, "")

    def _say(self, source: Text) -> str:
        return self._speaker.say(source)

    def _level(self, results: Results) -> RenderableType:
        found, grid = results.measurement, results.grid
        name = self._speaker.say(grid.level(found.system_level).name)
        lines = [Styled.assemble((name, "bold"), f"  {self._say(self._claim(results))}")]
        lines.append(Styled(self._say(found.worth)))
        if found.looks_fabricated:
            lines.append(Styled(self._say(_FABRICATED), style="bold red"))
        facts = Text(
            "표 {tables}개, 행 {rows:,}개, 신호·항목 {series:,}개",
            {
                "tables": len({info.frame for info in results.site.data.list_series()}),
                "rows": found.rows,
                "series": found.series_count,
            },
        )
        lines.append(Styled(self._say(facts), style="dim"))
        return Panel(
            Group(*lines), title=self._say(Text("자료가 뒷받침하는 수준")), title_align="left"
        )

    def _claim(self, results: Results) -> Text:
        found = results.measurement
        if results.grid.rank(found.system_level) == 0:
            return Text("기초 수준을 뒷받침하는 근거가 아직 없습니다.")
        return Text("확신 {confidence:.0%}", {"confidence": found.confidence})

    def _criteria(self, results: Results) -> RenderableType:
        grid = results.grid
        told = {c.key for c in grid.criteria if c.evidence == "telemetry"}
        table = self._table(Text("기준별 결과"), Text("수준"))
        table.add_column(self._say(Text("기준")), max_width=_NAME_WIDE, overflow="fold")
        table.add_column(self._say(Text("찾은 것")), ratio=1, overflow="fold")
        before = ""
        for cell in results.measurement.cells:
            if cell.criterion in told:
                level = self._speaker.say(grid.level(cell.level).name)
                if before and level != before:
                    table.add_section()
                table.add_row(
                    level if level != before else "",
                    self._criterion(results, cell),
                    Styled(self._say(cell.found)),
                )
                before = level
        return table

    def _criterion(self, results: Results, cell: CellFinding) -> Styled:
        """Its name, and below it what came out and how sure."""
        sign, colour, word = _STATUS[cell.status]
        sure = f" {cell.confidence:.0%}" if cell.confidence else ""
        name = self._speaker.say(results.grid.criterion(cell.criterion).name)
        return Styled.assemble(f"{name}\n", (f"{sign} {self._say(word)}{sure}", colour))

    def _doubts(self, results: Results) -> RenderableType:
        found = results.measurement.integrity
        if not found:
            clean = Styled(self._say(Text("자료에서 의심스러운 점을 찾지 못했습니다.")))
            return Padding(clean, (0, 0, 0, 1))
        table = self._table(Text("자료를 다시 볼 점"), Text("정도"))
        table.add_column(self._say(Text("내용과 할 일")), ratio=1, overflow="fold")
        for finding in found:
            sign, colour, word = _SEVERITY[finding.severity]
            told = Styled.assemble(
                self._say(finding.text), ("\n→ " + self._say(finding.remedy), "dim")
            )
            table.add_row(Styled(f"{sign} {self._say(word)}", style=colour), told)
        return table

    def _kpis(self, results: Results) -> RenderableType:
        table = self._table(Text("첫 지표"))
        table.add_column(self._say(Text("지표")), max_width=_NAME_WIDE, overflow="fold")
        table.add_column(self._say(Text("근거")), ratio=1, overflow="fold")
        for kpi in results.kpis:
            name = Styled.assemble(f"{self._say(kpi.name)}\n", (self._value(kpi), "bold"))
            table.add_row(name, Styled(self._say(kpi.basis)))
        return table

    def _value(self, kpi: KpiValue) -> str:
        if kpi.value is None or kpi.low is None or kpi.high is None:
            return "–"
        value = f"{_figure(kpi.value)} {self._say(Text(kpi.unit))}".strip()
        if _figure(kpi.low) == _figure(kpi.high):
            return value
        return f"{value} ({_figure(kpi.low)}–{_figure(kpi.high)})"

    def _list(self, title: Text, texts: tuple[Text, ...]) -> RenderableType | None:
        if not texts:
            return None
        lines = "\n".join(f"• {self._say(text)}" for text in texts)
        return Panel(Styled(lines), title=self._say(title), title_align="left")

    def _files(self, results: Results) -> RenderableType:
        table = self._table(Text("읽은 파일"))
        table.add_column(self._say(Text("파일")), ratio=2, overflow="fold")
        for title in (Text("행"), Text("격리한 행")):
            table.add_column(self._say(title), justify="right")
        table.add_column(self._say(Text("시각 열")), ratio=1, overflow="fold")
        for file in results.site.files[:_MOST_NAMED]:
            path = unicodedata.normalize("NFC", str(file.path))
            table.add_row(path, f"{file.rows:,}", f"{file.refused:,}", file.time or "–")
        more = len(results.site.files) - _MOST_NAMED
        if more > 0:
            table.add_row(self._say(Text("그 밖에 {count:,}개", {"count": more})), "", "", "")
        for one in results.site.skipped[:_MOST_NAMED]:
            table.add_row(Styled(str(one.path), style="dim"), "–", "–", self._say(_SKIPPED))
        return table

    def _table(self, title: Text, *columns: Text) -> Table:
        table = Table(title=self._say(title), title_justify="left", title_style="bold", expand=True)
        for column in columns:
            table.add_column(self._say(column), no_wrap=True)
        return table


_SKIPPED = Text("표가 아니어서 넘어감")
_FABRICATED = Text("설비가 기록한 자료가 아니라 만들어 낸 자료로 보입니다. 판단은 사람이 합니다.")


def _figure(value: float) -> str:
    """Three or four digits that matter, thousands set apart."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:,.2f}" if abs(value) >= 1 else f"{value:.3g}"
