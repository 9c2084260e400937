"""One way to the rows of a file, whatever its format."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from dure.engines.lake.batches import Batch
from dure.engines.lake.blocks import block_codec, read_blocks
from dure.engines.lake.columnar import parquet_batches
from dure.engines.lake.facts import FileFacts, Format
from dure.engines.lake.json_rows import json_batches
from dure.engines.lake.text_batches import parse_block
from dure.engines.lake.workbook import sheet_batches


def table_batches(
    path: Path,
    name: str,
    facts: FileFacts,
    header: Sequence[str],
    numeric: Sequence[bool] | None = None,
) -> Iterator[Batch]:
    """The rows of a file in file order, in constant memory except for JSON documents and sheets.

    Args:
        header: headers as inspection gave them; JSON rows are laid out by them.
        numeric: columns of delimited text to read straight as numbers where they can be.
    """
    if facts.format is Format.XLSX:
        return sheet_batches(path, name, facts)
    if facts.format is Format.PARQUET:
        return parquet_batches(path, name, facts)
    if facts.format in (Format.JSON, Format.JSON_LINES):
        return json_batches(path, name, facts, list(header))
    codec = block_codec(facts)
    return (parse_block(block, facts, codec, numeric) for block in read_blocks(path, name, facts))
