"""The field log ends: figures stay, entries, kits and what was sealed go; the doctor and the command know of it."""

import threading
import time
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.urls import reverse

from tadamun.config import diagnosis, housekeeping
from tadamun.config.commands import shred as shred_command
from tadamun.organise.field.models import Contact, Device, Entry, FoldedLog, Keying, Settlement, Tampered
from tadamun.organise.field.services import endings, keying, kits
from tadamun.organise.field.services.paper_log import Written, write_on_paper
from tadamun.organise.field.services.results import count_into_record
from tadamun.organise.field.services.taking_in import Piece, take_in
from tadamun.organise.people.models import Admission, Registration
from tadamun.organise.people.queries.held import gone_line
from tadamun.organise.people.services.certificates import certificate_pdf
from tadamun.organise.programme.models import Figure
from tadamun.organise.safety.models import Holding
from tadamun.organise.safety.vocabulary import Ending, HeldData
from tadamun.organise.volunteers.models import Helper
from tadamun.toolkit import clock
from tadamun.toolkit.rulings import Refused
from tests.organise.field.phones import HAWRE, Phone, comes_for, enrolled, phone_of
from tests.organise.people.house import House
from tests.organise.people_desk.houses import House as Desk
from tests.organise.people_desk.houses import make_activity, make_house
from tests.organise.volunteers.crews import a_crew, a_shift, joined

pytestmark = pytest.mark.django_db
SECRET_NOTE = "c2VhbGVkIG9uIGEgcGhvbmU"


def of(run: House) -> Holding:
    return Holding.objects.get(what=HeldData.FIELD, subject=f"activity:{run.activity.uid}")


def day_is_over(run: House) -> datetime:
    """The day after the log's last one."""
    return datetime.combine(endings.ends_on(run.activity), datetime.min.time(), clock.now().tzinfo) + timedelta(days=1)


def a_day(run: House) -> Phone:
    phone = enrolled(run.activity)
    phone.writes("tally", {"counter": "women", "by": 12})
    phone.writes("walk_in", {"count": 1, "sealed": SECRET_NOTE, "row": "r"})
    phone.writes("incident", {"sealed": SECRET_NOTE, "row": "r", "level": 2})
    phone.sends()
    forged = phone.writes("note", {"words": "x"})
    phone.sends([[*forged[:-1], "A" * 43]])
    return phone


def test_a_log_is_held_from_the_first_kit_on_until_sign_up_and_kits_have_ended(run: House) -> None:
    enrolled(run.activity, days=3)
    assert of(run).until == endings.ends_on(run.activity) == date(2030, 4, 23)
    enrolled(run.activity, days=3000)
    assert of(run).until == (clock.now() + timedelta(days=3000)).date()
    kits.revoke_all(actor=HAWRE, now=clock.now())
    assert endings.ends_on(run.activity) == date(2030, 4, 23)


def test_when_its_time_is_over_figures_stay_and_all_else_goes(run: House) -> None:
    phone = a_day(run)
    Settlement.objects.create(activity=run.activity, conflict="c", choice="x", by="Layla", at=clock.now())
    assert Tampered.objects.exists()
    end = day_is_over(run)
    assert endings.retire_what_is_due(now=end - timedelta(days=1)) == []
    (number,) = housekeeping.run_retention(end, small_cell=10)[-1:]
    assert of(run).certificate_number == number
    assert of(run).counts == {"entries": 3}
    assert [model.objects.count() for model in (Entry, Settlement, Tampered, Contact, Device)] == [0] * 5
    folded = FoldedLog.objects.get()
    assert (folded.entries, folded.devices) == (3, 1)
    assert {(one["counted"], one["group"], one["quantity"]) for one in folded.counts} == {
        ("attended", "", 1),
        ("visited", "women", 12),
    }
    assert endings.retire_what_is_due(now=end) == []
    phone.sends(status=401)
    assert not Entry.objects.exists()


def test_a_kit_for_another_activity_too_goes_on_and_brings_nothing_of_the_ended_one(desk: Desk) -> None:
    other = make_activity(desk.world, theirs=True)
    now = clock.now()
    issued = kits.issue_kit(
        actor=HAWRE,
        activities=[desk.activity, other],
        label="both",
        role=kits.KitRole.DOOR,
        language="en",
        ends_at=now + timedelta(days=3),
        now=now,
    )
    phone = phone_of(comes_for(issued.secret), desk.activity)
    phone.writes("tally", {"counter": "women", "by": 1})
    phone.sends()
    endings.retire(actor=HAWRE, activity=desk.activity, how=Ending.BY_HAND, now=now)
    phone.writes("tally", {"counter": "women", "by": 1})
    phone.activity = str(other.uid)
    phone.writes("tally", {"counter": "women", "by": 1})
    answer = phone.sends()
    assert [number for _device, number, _why in answer["refused"]] == [1, 2]
    assert [number for _device, number in answer["taken"]] == [3]
    assert [entry.activity for entry in Entry.objects.all()] == [other]


def test_a_destroyed_log_is_not_begun_again_in_the_place_of_its_counts(desk: Desk) -> None:
    """Counts of a late sheet would overwrite those of the whole day in the record."""
    on_paper(desk)
    count_into_record(actor=HAWRE, activity=desk.activity, now=clock.now())
    endings.retire(actor=HAWRE, activity=desk.activity, how=Ending.BY_HAND, now=clock.now())
    begun = {"actor": HAWRE, "activity": desk.activity, "at": clock.now(), "now": clock.now()}
    for write in (
        lambda: on_paper(desk),
        lambda: keying.begin(sheet="tally", keyed={"women:by": "1"}, mark="m", **begun),
        lambda: enrolled(desk.activity),
    ):
        with pytest.raises(Refused, match="its counts stay"):
            write()
    count_into_record(actor=HAWRE, activity=desk.activity, now=clock.now())
    assert [figure.quantity for figure in Figure.objects.all()] == [12]
    assert not any(model.objects.exists() for model in (Entry, Device, Keying))
    assert not Holding.objects.filter(what=HeldData.FIELD, ended_at=None).exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_just_being_stored_does_not_outlive_its_log(run: House) -> None:
    phone, stored = enrolled(run.activity), threading.Event()
    piece = Piece(clock=1, have=0, unsent=0, entries=(phone.writes("tally", {"counter": "women", "by": 1}),))

    def brings() -> None:
        try:
            with transaction.atomic():
                take_in(device=phone.row, piece=piece, at=clock.milliseconds())
                stored.set()
                time.sleep(0.3)
        finally:
            connection.close()

    slow = threading.Thread(target=brings)
    slow.start()
    assert stored.wait(10)
    endings.retire(actor=HAWRE, activity=run.activity, how=Ending.BY_HAND, now=clock.now())
    slow.join()
    assert not Entry.objects.exists()
    assert FoldedLog.objects.get().entries == 1


def test_the_desk_hears_why_a_file_comes_too_late(desk: Desk) -> None:
    endings.retire(actor=HAWRE, activity=desk.activity, how=Ending.BY_HAND, now=clock.now())
    content = SimpleUploadedFile("carry.json", b'{"format": "tadamun carry 2", "packs": []}')
    answer = desk.client().post(f"/desk/activities/{desk.activity.uid}/day/files/", {"file": content})
    assert answer.status_code == 422
    assert "its counts stay" in answer.content.decode()


def test_tickets_of_nobody_are_not_counted_when_sign_up_ends_the_same_night(run: House) -> None:
    phone = enrolled(run.activity)
    phone.writes("in", {"ticket": "f" * 16})
    phone.sends()
    end = day_is_over(run)
    for name, duty in housekeeping.duties(settings.ENVIRONMENT).items():
        if name in {"field logs", "retention"}:
            duty(end)
    assert run.admission.emptied_at is not None
    assert FoldedLog.objects.get().counts == []


def test_an_end_that_moved_is_written_down_anew(run: House) -> None:
    enrolled(run.activity)
    end = day_is_over(run)
    Admission.objects.update(retention_days=90)
    assert endings.retire_what_is_due(now=end) == []
    assert of(run).until > end.date()


@pytest.fixture
def desk(db: None) -> Desk:
    return make_house()


def on_paper(desk: Desk) -> None:
    lines = [Written("tally", {"counter": "women", "by": 12}, clock.milliseconds())]
    write_on_paper(actor=HAWRE, activity=desk.activity, lines=lines, now=clock.now())


def shredded(desk: Desk) -> Any:
    arguments = type("A", (), {"activity": f"{desk.activity.week.slug}/{desk.activity.slug}", "yes": True})
    return shred_command.carry_out(arguments, settings.ENVIRONMENT)  # type: ignore[arg-type]  # as argparse gives it


def test_the_command_destroys_sign_ups_helpers_and_the_log(desk: Desk) -> None:
    desk.sign_up()
    crew = a_crew(desk.activity)
    joined(crew, a_shift(desk.activity))
    on_paper(desk)
    outcome = shredded(desk)
    assert (outcome.facts["entries"], outcome.facts["helpers"], outcome.facts["log"]) == (1, 1, 1)
    assert not Registration.objects.exists()
    assert not Helper.objects.exists()
    assert not Entry.objects.exists()
    gone = Holding.objects.exclude(certificate_number=None).values_list("certificate_number", flat=True)
    assert set(outcome.facts["certificates"]) == set(gone)
    assert "before" in shredded(desk).sentence


def test_the_days_screen_shows_what_a_destroyed_log_came_to(desk: Desk) -> None:
    on_paper(desk)
    endings.retire(actor=HAWRE, activity=desk.activity, how=Ending.BY_HAND, now=clock.now())
    page = desk.client().get(reverse("field_day", args=[desk.activity.uid])).content.decode()
    assert "destroyed, counts stay" in page
    assert "<dd>12</dd>" in page


@pytest.mark.parametrize("language", ["en", "ar", "ckb"])
def test_the_certificate_of_a_log_speaks_of_no_names(run: House, language: str) -> None:
    a_day(run)
    number = endings.retire(actor=HAWRE, activity=run.activity, how=Ending.BY_HAND, now=clock.now())
    line = gone_line(of(run))
    assert line.of_log
    assert certificate_pdf(line, code=language, check_address="https://example.org/v/1").startswith(b"%PDF")
    assert number == line.certificate


def test_the_doctor_says_what_is_held_and_what_is_overdue(run: House) -> None:
    enrolled(run.activity)
    found = diagnosis._held()
    assert found.well
    assert "1 field" in found.says
    Holding.objects.filter(what=HeldData.FIELD).update(until=date(2020, 1, 1))
    found = diagnosis._held()
    assert not found.well
    assert "1 overdue" in found.says
    Holding.objects.all().delete()
    assert diagnosis._held().says == "none"
