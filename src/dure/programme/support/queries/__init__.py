"""Reads of the support room: an organisation's own applications, and the cases of reviewers."""

from dure.programme.support.queries.applications import get_application, list_applications
from dure.programme.support.queries.calls import CallView, TierView, get_call, list_calls
from dure.programme.support.queries.case_evidence import CaseEvidence, find_case_evidence
from dure.programme.support.queries.case_views import (
    CaseSectionView,
    CaseView,
    EvidenceView,
    FlagView,
    QueuePage,
    QueueRow,
)
from dure.programme.support.queries.cases import get_case
from dure.programme.support.queries.previews import FitView, list_fits, preview_amount
from dure.programme.support.queries.queue import (
    QueueFilter,
    QueueOptions,
    count_cases,
    find_neighbours,
    list_queue,
    list_queue_rows,
    queue_options,
)
from dure.programme.support.queries.replay import Replay, replay_decision
from dure.programme.support.queries.views import (
    NOT_ANSWERED,
    AmountView,
    AnswerView,
    ApplicationSummary,
    ApplicationView,
    DecisionView,
    DeclarationView,
    EligibilityView,
    EventView,
    QuestionView,
    ReasonView,
    SectionView,
    StageView,
    SupplementView,
    TopicView,
    TraceView,
)

__all__ = [
    "NOT_ANSWERED",
    "AmountView",
    "AnswerView",
    "ApplicationSummary",
    "ApplicationView",
    "CallView",
    "CaseEvidence",
    "CaseSectionView",
    "CaseView",
    "DecisionView",
    "DeclarationView",
    "EligibilityView",
    "EventView",
    "EvidenceView",
    "FitView",
    "FlagView",
    "QuestionView",
    "QueueFilter",
    "QueueOptions",
    "QueuePage",
    "QueueRow",
    "ReasonView",
    "Replay",
    "SectionView",
    "StageView",
    "SupplementView",
    "TierView",
    "TopicView",
    "TraceView",
    "count_cases",
    "find_case_evidence",
    "find_neighbours",
    "get_application",
    "get_call",
    "get_case",
    "list_applications",
    "list_calls",
    "list_fits",
    "list_queue",
    "list_queue_rows",
    "preview_amount",
    "queue_options",
    "replay_decision",
]
