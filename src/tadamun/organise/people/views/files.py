"""Lists of people in and out. Files are read from memory, written as a stream, and lie on no disk meanwhile."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.files.uploadhandler import MemoryFileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from tadamun.organise.network.views import doors
from tadamun.organise.network.vocabulary import Permission
from tadamun.organise.people.forms.desk import ExportForm, FileForm
from tadamun.organise.people.services import exporting, importing, slips
from tadamun.organise.people.services.importing import Checked
from tadamun.organise.people.views.houses import House, in_house, refused
from tadamun.organise.people.vocabulary import Standing
from tadamun.organise.safety.vocabulary import OpeningReason
from tadamun.toolkit import clock
from tadamun.toolkit.languages.registry import language
from tadamun.toolkit.rulings import Refused
from tadamun.toolkit.sheets.reading import LARGEST_FILE, SheetUnreadable
from tadamun.toolkit.sheets.writing import WRITERS

# A request that takes longer than a minute is cut off somewhere; larger lists go in by parts.
MOST_AT_ONCE = 5_000


class _OnlyMemory(MemoryFileUploadHandler):
    """Keeps a file in memory whatever its size, and stops one that is larger than any list."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803  Django calls it so
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        """Take every file that is small enough."""
        if content_length > LARGEST_FILE + 100_000:
            raise StopUpload(connection_reset=False)
        self.activated = True


def _in_memory_alone(view: Any) -> Any:
    """Read the request's files into memory. This must come before anything reads the form, hence its own check of
    the form's token.
    """
    protected = csrf_protect(view)

    @csrf_exempt
    def page(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponse:
        request.upload_handlers = [_OnlyMemory(request)]
        response: HttpResponse = protected(request, *args, **parts)
        return response

    return page


@_in_memory_alone
@require_http_methods(["GET", "POST"])
@in_house(Permission.ADMIT)
def people_import(request: Any, house: House) -> HttpResponse:
    """Check a sheet, or check it and sign up everybody in it."""
    about, now = f"sheet {house.activity.uid}", clock.now()
    form = FileForm(request.POST or None, request.FILES or None)
    checked: Checked | None = None
    told: Counter[str] = Counter()
    if request.POST.get("act") == "check":
        form.fields["agreed"].required = False
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            checked = importing.check(content=content, admission=house.opened)
            if checked.people > MOST_AT_ONCE:
                raise Refused(_("At most %(most)d people can be taken in at once. Split it.") % {"most": MOST_AT_ONCE})
            if request.POST.get("act") == "take" and checked.good:
                nonce = slips.read_slip(request.POST.get("slip", ""), about=about).nonce
                told = importing.take_in(
                    actor=request.actor, content=content, admission=house.opened, nonce=nonce, now=now
                )
        except (Refused, SheetUnreadable) as error:
            form.add_error("file", str(error))
        except slips.NotOurSlip:
            form.add_error(None, _("This form is too old. Load the page again."))
    bad = bool(form.errors) or (checked is not None and not checked.good)
    context = {
        "house": house,
        "activity": house.activity,
        "form": form,
        "checked": checked,
        "told": [(_again(standing), many) for standing, many in sorted(told.items())],
        "slip": request.POST.get("slip") if bad or not told else "",
    }
    context["slip"] = context["slip"] or slips.new_slip(about=about, now=now)
    return render(request, "people/desk/import.html", context, status=422 if bad else 200)


def _again(standing: str) -> str:
    return _("were signed up by this sheet before") if standing == "again" else str(Standing(standing).label)


@require_http_methods(["GET", "POST"])
@in_house(Permission.ADMIT)
def people_export(request: Any, house: House) -> Any:
    """Hand out the list, for a reason; a long one is asked for twice."""
    keyring = doors.keyring_of(request)
    ruling = house.may_open(keyring)
    form = ExportForm(request.POST or None)
    many = exporting.how_many(house.opened)
    asks = many > exporting.MANY and request.POST.get("sure") != "yes"
    if request.method == "POST" and form.is_valid():
        if not ruling or keyring is None:
            return refused(request, ruling)
        if not asks:
            try:
                return _handed_out(request, house, form)
            except Refused as refusal:
                messages.error(request, str(refusal))
    context = {
        "house": house,
        "activity": house.activity,
        "form": form,
        "many": many,
        "asks": asks and request.method == "POST" and form.is_valid(),
        "why_not": "" if ruling else ruling.reason,
        "unlocked": keyring is not None,
    }
    return render(request, "people/desk/export.html", context, status=422 if form.errors else 200)


def _handed_out(request: Any, house: House, form: ExportForm) -> StreamingHttpResponse:
    kind, code = form.cleaned_data["format"], get_language() or "en"
    handed = exporting.hand_out(
        actor=request.actor,
        keyring=doors.keyring_of(request),  # type: ignore[arg-type]  # the caller has looked
        admission=house.opened,
        why=OpeningReason(form.cleaned_data["why"]),
        language=code,
        now=clock.now(),
    )
    content_type, write = WRITERS[kind]
    stream = _in_language(code, write(handed.rows, right_to_left=language(code).right_to_left))
    response = StreamingHttpResponse(stream, content_type=content_type)
    # The activity's name stays out of the file's: a list of downloads is easily seen.
    response.headers["Content-Disposition"] = f'attachment; filename="people.{kind}"'
    return response


def _in_language(code: str, chunks: Any) -> Any:
    """Write in the reader's language: the stream runs after the request's own language has ended."""
    while True:
        with override(code):
            chunk = next(chunks, None)
        if chunk is None:
            return
        yield chunk
