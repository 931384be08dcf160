"""Whether the web can do its work, for whoever watches it."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pages.access import public


@public
@never_cache
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 {"database": "ok"} when the database answers, else 503 with what it said."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return JsonResponse({"database": type(error).__name__}, status=503)
    return JsonResponse({"database": "ok"})
