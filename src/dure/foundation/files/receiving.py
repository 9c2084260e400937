"""Stops an upload that is too large while it arrives, before it fills the disk."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class LimitedUploadHandler(FileUploadHandler):
    """First of the upload handlers: counts the bytes of a request's files and keeps none.

    Someone not signed in may send only what the document check takes.
    """

    received = 0

    def handle_raw_input(self, *arguments: Any, **_more: Any) -> None:  # noqa: ANN401 - Django's
        content_length = int(arguments[2])
        self._refuse_over(content_length - settings.DATA_UPLOAD_MAX_MEMORY_SIZE)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002 - Django's
        self.received += len(raw_data)
        self._refuse_over(self.received)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """None: the next handler keeps the file."""

    def _refuse_over(self, size: int) -> None:
        user = getattr(self.request, "user", None)
        known = user is not None and user.is_authenticated
        limit = settings.UPLOAD_LIMIT_BYTES if known else settings.ANONYMOUS_UPLOAD_LIMIT_BYTES
        if size > limit:
            raise RequestDataTooBig(f"upload over {limit} bytes")
