"""Cuts a text file of any size into blocks of whole records, in constant memory."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from dure.engines.lake.container import open_bytes
from dure.engines.lake.facts import BLOCK_BYTES, LONGEST_RECORD_BYTES, FileFacts

_SHOWN_BYTES = 4_096


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines of a text file.

    Attributes:
        first_row: line number of the first line in the file, from 1.
        data: bytes in `codec`, ending in a newline except at the end of the file.
        overlong: the line was longer than any record may be; `data` holds only its start.
    """

    first_row: int
    data: bytes
    overlong: bool = False


def block_codec(facts: FileFacts) -> str:
    """Codec of the blocks: wide encodings are already turned into UTF-8."""
    return facts.encoding if facts.encoding in ("cp949", "cp1252") else "utf-8"


def read_blocks(path: Path, name: str, facts: FileFacts) -> Iterator[Block]:
    """The data lines of a text file, header and title lines left out."""
    with open_bytes(path, name, compressed=facts.compressed) as stream:
        yield from _without_preface(_cut(_chunks(stream, facts)), facts.preface_lines)


def _chunks(stream: BinaryIO, facts: FileFacts) -> Iterator[bytes]:
    if facts.encoding.startswith("utf-16"):
        yield from _wide_chunks(stream, facts)
        return
    first = True
    while chunk := stream.read(BLOCK_BYTES):
        if first and facts.encoding == "utf-8-sig":
            chunk = chunk.removeprefix(codecs.BOM_UTF8)
        first = False
        yield chunk.replace(b"\r", b"\n") if facts.carriage else chunk


def _wide_chunks(stream: BinaryIO, facts: FileFacts) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(facts.encoding)(errors="replace")
    first = True
    while chunk := stream.read(BLOCK_BYTES):
        text = decoder.decode(chunk)
        if first:
            text = text.removeprefix("\ufeff")
        first = False
        # A lone surrogate cannot be written as UTF-8; the replacement character marks the cell.
        yield text.encode("utf-8", errors="replace")
    yield decoder.decode(b"", final=True).encode("utf-8", errors="replace")


def _cut(chunks: Iterator[bytes]) -> Iterator[Block]:
    row, rest = 1, b""
    dropping = False
    for chunk in chunks:
        rest += chunk
        if dropping:
            _, found, rest = rest.partition(b"\n")
            dropping = not found
            row += bool(found)
        while len(rest) > LONGEST_RECORD_BYTES and rest.find(b"\n", 0, LONGEST_RECORD_BYTES) < 0:
            line, found, rest = rest.partition(b"\n")
            yield Block(row, line[:_SHOWN_BYTES] + b"\n", overlong=True)
            row += bool(found)
            dropping = not found
        cut = record_end(rest)
        if cut:
            yield Block(row, rest[:cut])
            row += rest.count(b"\n", 0, cut)
            rest = rest[cut:]
        elif len(rest) > LONGEST_RECORD_BYTES:
            line, _, rest = rest.partition(b"\n")
            yield Block(row, line[:_SHOWN_BYTES] + b"\n", overlong=True)
            row += 1
    if rest:
        yield Block(row, rest)


def record_end(data: bytes) -> int:
    """Length of the whole records at the start of `data`; 0 where there is none.

    A newline inside quotes ends no record. Counting quotes is enough where they come in pairs;
    only an odd count needs the slow look for quotes that open a cell.
    """
    cut = data.rfind(b"\n") + 1
    if not cut or data.count(b'"', 0, cut) % 2 == 0:
        return cut
    opened = _open_quote(data[:cut])
    if opened is None:
        return cut
    return data.rfind(b"\n", 0, opened) + 1


_OPENING = re.compile(rb'(?:^|[,;\t|\n\r])[ ]*"')


def _open_quote(data: bytes) -> int | None:
    """Where a quoted cell opens that `data` does not close."""
    at = 0
    while opening := _OPENING.search(data, at):
        at = _closed(data, opening.end())
        if at < 0:
            return opening.end() - 1
    return None


def _closed(data: bytes, at: int) -> int:
    while True:
        at = data.find(b'"', at)
        if at < 0:
            return -1
        if data[at + 1 : at + 2] != b'"':
            return at + 1
        at += 2


def _without_preface(blocks: Iterator[Block], lines: int) -> Iterator[Block]:
    for block in blocks:
        if block.first_row > lines:
            yield block
            continue
        data, row = block.data, block.first_row
        while row <= lines and data:
            _, _, data = data.partition(b"\n")
            row += 1
        if data:
            yield Block(row, data)
