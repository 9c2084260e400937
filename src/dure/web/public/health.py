"""For load balancers: is the process up, and can it work? Says nothing else to anyone."""

import logging
import tempfile

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from dure.foundation.organisations.access import public

logger = logging.getLogger(__name__)


@public
@never_cache
@require_GET
def healthz(_request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"up": True})


@public
@never_cache
@require_GET
def readyz(_request: HttpRequest) -> HttpResponse:
    """The database answers and files can be written; 503 until both hold."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        with tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as probe:
            probe.write(b"1")
            probe.flush()
    except (DatabaseError, OSError):
        logger.exception("not ready")
        return JsonResponse({"ready": False}, status=503)
    return JsonResponse({"ready": True})
