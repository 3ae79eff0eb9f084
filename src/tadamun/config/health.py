"""Is this installation able to work?"""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers and has been set up, else 503. Says nothing else."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations")  # an empty file would answer a bare SELECT 1
    except Exception:  # noqa: BLE001  whatever is wrong, the answer is the same
        return JsonResponse({"database": "unreachable"}, status=503)
    return JsonResponse({"database": "ok"})
