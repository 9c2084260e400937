"""Writes of the support room: calls, applications, and what reviewers do with them."""

from dure.programme.support.actions.assigning import (
    AssignedBatch,
    assign_cases,
    undo_assignment,
)
from dure.programme.support.actions.calls import CallDetails, open_call
from dure.programme.support.actions.drafting import SaveResult, save_answers, start_application
from dure.programme.support.actions.receipts import issue_receipt
from dure.programme.support.actions.reviewing import (
    DecisionReason,
    decide_requirement,
    request_supplement,
)
from dure.programme.support.actions.submitting import submit_application, withdraw_application

__all__ = [
    "AssignedBatch",
    "CallDetails",
    "DecisionReason",
    "SaveResult",
    "assign_cases",
    "decide_requirement",
    "issue_receipt",
    "open_call",
    "request_supplement",
    "save_answers",
    "start_application",
    "submit_application",
    "undo_assignment",
    "withdraw_application",
]
