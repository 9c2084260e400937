"""Errors of the job queue: unknown kind, not retryable, lost, handed back."""

from dure.kernel.errors import DureError
from dure.kernel.text import Text


class UnknownJobKindError(LookupError):
    """No runner is registered for the kind: a programming error, not a person's."""


class JobNotRetryableError(DureError):
    """The job is still queued, running or already done."""

    def __init__(self) -> None:
        super().__init__(
            Text("실패한 작업만 다시 시도할 수 있습니다."),
            Text("작업 상태를 새로 고쳐 확인해 주세요."),
        )


class JobLostError(RuntimeError):
    """This run lost its lease to another; it must stop without writing more."""


class JobHandedBackError(RuntimeError):
    """The worker is stopping: this run ends here and the job goes back to the queue."""
