"""Strict reading of the YAML data files: known fields only, no key twice, errors that say where."""

from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from dure.kernel.errors import DureError
from dure.kernel.text import Text

_Shape = TypeVar("_Shape")
_REMEDY = Text("docs/algorithms/policy.md의 파일 형식과 견주어 고쳐 주세요.")


class DataFileError(DureError):
    """A data file that is missing, malformed or contradicts another."""


class _Loader(yaml.CSafeLoader):
    """Refuses a mapping that names a key twice; YAML would silently keep the last."""


def _mapping_once(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[str] = set()
    for key, _ in node.value:
        if key.value in seen:
            where = f"{key.start_mark.line + 1}행"
            raise yaml.YAMLError(f"{where}: '{key.value}' 항목이 두 번 나옵니다")
        seen.add(key.value)
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping_once)


def read_data_file(path: Path, shape: type[_Shape]) -> _Shape:
    """The file as `shape`, a msgspec type that forbids unknown fields.

    Raises:
        DataFileError: naming the file and the place in it.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise data_file_error(path.name, str(error)) from error
    return parse_data_file(path.name, content, shape)


def parse_data_file(name: str, content: bytes, shape: type[_Shape]) -> _Shape:
    """Like `read_data_file`, for bytes already read; `name` appears in errors."""
    try:
        # The loader derives from SafeLoader: it builds plain values only.
        raw = yaml.load(content, Loader=_Loader)  # noqa: S506
        return msgspec.convert(raw, shape)
    except (yaml.YAMLError, ValueError, msgspec.ValidationError) as error:
        raise data_file_error(name, str(error)) from error


def data_file_error(name: str, why: str) -> DataFileError:
    """An error about one data file."""
    return DataFileError(
        Text("데이터 파일 {file}: {why}", {"file": name, "why": why}),
        _REMEDY,
    )
