"""Errors of the command line: what was asked cannot be done, and what to type instead."""

from dure.kernel.errors import DureError


class CommandError(DureError):
    """The command or its arguments cannot be used; nothing was measured."""
