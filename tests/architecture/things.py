"""What the addresses of the access matrix are about: each makes the parts of an address from the world."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.templatetags.static import static

from tadamun.organise.archive.models import Photo
from tadamun.organise.field.services import keying
from tadamun.organise.field.views.app import app
from tadamun.organise.network.models import Invitation
from tadamun.organise.network.vocabulary import Role
from tadamun.organise.people.models import Admission
from tadamun.organise.planning.models import Contact, Round, Task
from tadamun.organise.programme.models import Activity, Campaign, Involvement, Place, Promise, Series, SignOffRequest
from tadamun.organise.programme.services.changes import remove
from tadamun.organise.programme.services.weeks import move_sitting
from tadamun.organise.programme.vocabulary import PlaceKind
from tadamun.organise.safety.services.audit import COMMAND_LINE
from tadamun.organise.safety.services.holdings import begin_holding, end_holding
from tadamun.organise.safety.vocabulary import Ending, HeldData, HoldingReason
from tests.characters import Character, World
from tests.organise.field.phones import issued
from tests.organise.people_desk.houses import make_activity
from tests.organise.people_gate.doors import gate_names, ticket_names

AT = datetime(2018, 3, 1, 9, 0, tzinfo=UTC)


def nothing(world: World) -> Mapping[str, Any]:
    """For addresses that name no thing."""
    return {}


def an_asset(world: World) -> Mapping[str, Any]:
    """The address of the desk's style sheet, with its hash."""
    return {"path": static("desk/desk.css").removeprefix("/static/")}


def a_file_of_the_kit(world: World) -> Mapping[str, Any]:
    """The address of the kit's first script, with the version that it belongs to."""
    return {"version": app().version, "name": "boot.js"}


def a_false_secret(world: World) -> Mapping[str, Any]:
    """A link that was never made."""
    return {"secret": "0000"}


def a_false_reset(world: World) -> Mapping[str, Any]:
    """A reset that nobody asked for."""
    return {"account": "MQ", "token": "0-0"}


def our_organisation(world: World) -> Mapping[str, Any]:
    """The organisation that Layla coordinates."""
    return {"slug": world.ours.slug}


def our_editor(world: World) -> Mapping[str, Any]:
    """Rana's part in that organisation."""
    return {"slug": world.ours.slug, "membership": world.accounts[Character.EDITOR].memberships.get().pk}


def our_invitation(world: World) -> Mapping[str, Any]:
    """An invitation of that organisation."""
    invitation = Invitation.objects.create(
        secret_hash="0", organisation=world.ours, role=Role.EDITOR, by="Layla", made_at=AT, ends_at=AT
    )
    return {"slug": world.ours.slug, "invitation": invitation.pk}


def her_app(world: World) -> Mapping[str, Any]:
    """Layla's second factor, which is nobody else's business."""
    return {"factor": Authenticator.objects.get(user=world.accounts[Character.COORDINATOR]).pk}


def our_sign_up(world: World) -> Mapping[str, Any]:
    """An activity of that organisation, which people can sign up for."""
    activity = make_activity(world)
    Admission.objects.create(activity=activity)
    return {"uid": activity.uid}


def our_activity(world: World) -> Mapping[str, Any]:
    """An activity of that organisation."""
    return {"uid": make_activity(world).uid}


def our_kit(world: World) -> Mapping[str, Any]:
    """A kit of that activity."""
    activity = make_activity(world)
    return {"uid": activity.uid, "kit": issued(activity).device.uid}


def our_sheet(world: World) -> Mapping[str, Any]:
    """A sheet of paper of that activity."""
    return {"uid": make_activity(world).uid, "sheet": "tally"}


def our_keyed_sheet(world: World) -> Mapping[str, Any]:
    """A sheet of that activity that waits for its second time."""
    activity = make_activity(world)
    kept = keying.begin(
        actor=COMMAND_LINE, activity=activity, sheet="tally", keyed={"women:by": "25"}, mark="m", at=AT, now=AT
    )
    return {"uid": activity.uid, "keyed": kept.uid}


def our_week(world: World) -> Mapping[str, Any]:
    """The week of that activity."""
    return {"week": make_activity(world).week.slug}


def our_change(world: World) -> Mapping[str, Any]:
    """A promise that was taken away there, to be put back."""
    activity = make_activity(world)
    promise = Promise.objects.create(week=activity.week, activity=activity, slug="again", position=0)
    gone = remove(actor=COMMAND_LINE, row=promise, now=AT)
    return {"uid": activity.uid, "change": gone.pk}


def our_week_change(world: World) -> Mapping[str, Any]:
    """The same, from the week's page."""
    return {"week": "our-week", "change": our_change(world)["change"]}


def our_preview(world: World) -> Mapping[str, Any]:
    """That week as the public would see it."""
    return {**our_week(world), "audience": "public", "lang": "en"}


def our_activity_preview(world: World) -> Mapping[str, Any]:
    """That activity as donors would see it."""
    return {"week": make_activity(world).week.slug, "audience": "donor", "lang": "en", "activity": "our-run"}


def our_missing_photo(world: World) -> Mapping[str, Any]:
    """A photo that the week does not have."""
    return {**our_week(world), "sha256": "0" * 64}


def our_preview_alone(world: World) -> Mapping[str, Any]:
    """That activity by itself, as a partner would see it."""
    return {**our_activity(world), "audience": "partner", "lang": "ar"}


def our_missing_photo_alone(world: World) -> Mapping[str, Any]:
    """A photo that the activity does not have."""
    return {**our_activity(world), "sha256": "0" * 64}


def our_new_promise(world: World) -> Mapping[str, Any]:
    """A promise that is to be made there."""
    return {**our_activity(world), "code": "promises"}


def our_promise(world: World) -> Mapping[str, Any]:
    """A promise that was made there."""
    activity = make_activity(world)
    promise = Promise.objects.create(week=activity.week, activity=activity, slug="again", position=0)
    return {"uid": activity.uid, "code": "promises", "row": promise.pk}


def our_new_week_promise(world: World) -> Mapping[str, Any]:
    """A promise that is to be made for the week as a whole."""
    return {**our_week(world), "code": "promises"}


def our_week_promise(world: World) -> Mapping[str, Any]:
    """A promise that was made for the week as a whole."""
    week = make_activity(world).week
    promise = Promise.objects.create(week=week, slug="again", position=0)
    return {"week": week.slug, "code": "promises", "row": promise.pk}


def our_series(world: World) -> Mapping[str, Any]:
    """A series of which our week is an edition."""
    week = make_activity(world).week
    week.series = Series.objects.create(slug="editions", names={"en": "Editions"})
    week.save()
    return {"slug": week.series.slug}


def their_campaign(world: World) -> Mapping[str, Any]:
    """A campaign of somebody else, which is known to all."""
    return {"slug": Campaign.objects.create(slug="days", names={"en": "Days"}).slug}


def our_wording(world: World) -> Mapping[str, Any]:
    """The Arabic title of our week."""
    week = make_activity(world).week
    return {"week": week.slug, "thing": "programme.week", "row": week.pk, "path": "titles", "lang": "ar"}


def our_name(world: World) -> Mapping[str, Any]:
    """The names of an organisation, which all share."""
    return {"kind": "organisation", "slug": world.ours.slug}


def the_places(world: World) -> Mapping[str, Any]:
    """The list of places that all share."""
    return {"code": "places"}


def a_place(world: World) -> Mapping[str, Any]:
    """A place of that list."""
    place = Place.objects.create(slug="park", kind=PlaceKind.VENUE, names={"en": "Park"})
    return {"code": "places", "slug": place.slug}


def a_place_taken_away(world: World) -> Mapping[str, Any]:
    """A place that was taken from that list."""
    place = Place.objects.get(slug=a_place(world)["slug"])
    return {"code": "places", "change": remove(actor=COMMAND_LINE, row=place, now=AT).pk}


def from_nothing(world: World) -> Mapping[str, Any]:
    """A week that begins without a template."""
    return {"code": "nothing"}


def our_move(world: World) -> Mapping[str, Any]:
    """A sitting of our activity that was moved a day."""
    activity = make_activity(world)
    sitting = activity.sittings.get()
    day = sitting.start + timedelta(days=1)
    moved = move_sitting(actor=COMMAND_LINE, sitting=sitting, seen=sitting.start, to=day, now=AT)
    assert moved.change
    return {"uid": activity.uid, "change": moved.change.pk}


def our_new_task(world: World) -> Mapping[str, Any]:
    """A task that is to be planned there."""
    return {**our_activity(world), "code": "tasks"}


def our_new_week_task(world: World) -> Mapping[str, Any]:
    """A task that is to be planned for the week as a whole."""
    return {**our_week(world), "code": "tasks"}


def our_task(world: World) -> Mapping[str, Any]:
    """A task that was planned there."""
    return _our_plan(make_activity(world), Task, week_only=False) | {"code": "tasks"}


def our_week_task(world: World) -> Mapping[str, Any]:
    """A task that was planned for the week as a whole."""
    return _our_plan(make_activity(world), Task, week_only=True) | {"code": "tasks"}


def our_round(world: World) -> Mapping[str, Any]:
    """A go or no-go that is awaited there."""
    return _our_plan(make_activity(world), Round, week_only=False)


def our_week_round(world: World) -> Mapping[str, Any]:
    """A go or no-go that is awaited for the week as a whole."""
    return _our_plan(make_activity(world), Round, week_only=True)


def our_contact(world: World) -> Mapping[str, Any]:
    """Somebody who is called there."""
    return _our_plan(make_activity(world), Contact, week_only=False)


def our_week_contact(world: World) -> Mapping[str, Any]:
    """Somebody who is called for the week as a whole."""
    return _our_plan(make_activity(world), Contact, week_only=True)


def _our_plan(activity: Activity, model: type[Task | Round | Contact], *, week_only: bool) -> dict[str, Any]:
    scope = None if week_only else activity
    row = model._default_manager.create(week=activity.week, activity=scope, position=0)
    return {"row": row.pk} | ({"week": activity.week.slug} if week_only else {"uid": activity.uid})


def our_partner(world: World) -> Mapping[str, Any]:
    """A part that another organisation has in that activity."""
    activity = make_activity(world)
    row = Involvement.objects.create(
        week=activity.week, activity=activity, organisation=world.theirs, type="supporter", position=7
    )
    return {"uid": activity.uid, "row": row.pk}


def our_week_partner(world: World) -> Mapping[str, Any]:
    """A part that another organisation has in the week as a whole."""
    week = make_activity(world).week
    row = Involvement.objects.create(week=week, organisation=world.theirs, type="supporter", position=7)
    return {"week": week.slug, "row": row.pk}


def a_question_to_us(world: World) -> Mapping[str, Any]:
    """A question of the other organisation to ours."""
    week = make_activity(world, theirs=True).week
    row = Involvement.objects.create(week=week, organisation=world.ours, type="supporter", position=7)
    question = SignOffRequest.objects.create(
        involvement=row, about="part", asked_by="Dara", asked_at=AT, ends_on=date(2099, 1, 1)
    )
    return {"number": question.pk}


def our_part_elsewhere(world: World) -> Mapping[str, Any]:
    """A part that our organisation agreed to in the other one's week."""
    week = make_activity(world, theirs=True).week
    row = Involvement.objects.create(
        week=week, organisation=world.ours, type="supporter", position=7, sign_off="accepted"
    )
    return {"row": row.pk}


def a_false_secret_in_arabic(world: World) -> Mapping[str, Any]:
    """A link that was never made, in Arabic."""
    return {"secret": "0000", "lang": "ar"}


def our_photo(world: World) -> Mapping[str, Any]:
    """A photo of our activity, whose pixels are gone."""
    activity = make_activity(world)
    photo = Photo.objects.create(
        week=activity.week, activity=activity, position=0, file="photos/run.png", sha256="0" * 64, width=1, height=1
    )
    return {"uid": activity.uid, "photo": photo.pk}


def our_photo_of_the_week(world: World) -> Mapping[str, Any]:
    """The same photo, as one of the week's."""
    photo = Photo.objects.get(pk=our_photo(world)["photo"])
    return {"week": photo.week.slug, "photo": photo.pk}


def our_new_question(world: World) -> Mapping[str, Any]:
    """A question that is to be asked there."""
    return {**our_sign_up(world), "part": "question", "code": "new"}


def our_certificate(world: World) -> Mapping[str, Any]:
    """The certificate of what was destroyed there, in English."""
    holding = begin_holding(
        subject=f"activity:{our_sign_up(world)['uid']}",
        label={"en": "Our run"},
        what=HeldData.REGISTRATIONS,
        why=HoldingReason.ACTIVITY,
        since=AT.date(),
        until=AT.date(),
    )
    how = Ending.TIME
    number = end_holding(
        actor=COMMAND_LINE, subject=holding.subject, what=HeldData.REGISTRATIONS, how=how, counts={}, now=AT
    )
    return {"number": number, "lang": "en"}


def a_false_number(world: World) -> Mapping[str, Any]:
    """A certificate that was never given."""
    return {"number": "AAAA-AAAA"}


def an_open_gate(world: World) -> Mapping[str, Any]:
    """An activity that anybody may sign up for."""
    return gate_names()


def a_ticket(world: World) -> Mapping[str, Any]:
    """A true ticket: its address is the only key, whoever opens it."""
    return ticket_names()
