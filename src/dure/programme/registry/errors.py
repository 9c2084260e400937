"""What the registry refuses, said so that a person can correct it.

RegistryError
├── FieldRefusedError        one field of a form
├── AlreadyRegisteredError   someone registered the same thing before
└── EquipmentSheetError      a CSV of equipment that cannot be read at all
"""

from dure.kernel.errors import DureError
from dure.kernel.text import Text


class RegistryError(DureError):
    """Root of the registry's refusals."""


class FieldRefusedError(RegistryError):
    """One value of a form is refused; `field` names it as the form does."""

    def __init__(self, field: str, text: Text, remedy: Text | None = None) -> None:
        super().__init__(text, remedy)
        self.field = field


class AlreadyRegisteredError(FieldRefusedError):
    """The number or name belongs to something already registered."""


class EquipmentSheetError(RegistryError):
    """The file is not a table of equipment."""
