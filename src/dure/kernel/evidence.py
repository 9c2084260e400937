"""Where a fact came from, as a grade that decisions state they rest on."""

from enum import StrEnum


class EvidenceGrade(StrEnum):
    """A is strongest. Files a person uploads are C, whatever they contain."""

    DEVICE_SIGNED = "A"
    MACHINE_CHANNEL = "B"
    UPLOADED_FILE = "C"
    STATEMENT = "D"
