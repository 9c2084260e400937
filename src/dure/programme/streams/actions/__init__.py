"""Writes of the data room: a file comes in, is understood, becomes series, can be undone."""

from dure.programme.streams.actions.choosing import choose_equipment
from dure.programme.streams.actions.confirming import (
    confirm_import,
    remove_template,
    retry_import,
    save_mapping,
)
from dure.programme.streams.actions.sending import (
    reread_import,
    resubmit_quarantine,
    send_file,
    start_import,
)
from dure.programme.streams.actions.undoing import discard_import, undo_import

__all__ = [
    "choose_equipment",
    "confirm_import",
    "discard_import",
    "remove_template",
    "reread_import",
    "resubmit_quarantine",
    "retry_import",
    "save_mapping",
    "send_file",
    "start_import",
    "undo_import",
]
