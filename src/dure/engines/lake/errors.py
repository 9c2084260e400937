"""Errors of the lake; each names what is wrong and what the person can do.

LakeError
├── UnreadableFileError   the file cannot be read as a table
├── MappingError          the mapping contradicts itself or the file
└── StoreError            the lake cannot keep or find what was asked
"""

from dure.kernel.errors import DureError


class LakeError(DureError):
    """Root of the lake's errors."""


class UnreadableFileError(LakeError):
    """The file cannot be read as a table; nothing was kept."""


class MappingError(LakeError):
    """The mapping contradicts itself, the file, or a frame already in the lake."""


class StoreError(LakeError):
    """The lake cannot keep or find what was asked; nothing was changed."""
