"""Signs people up and checks them in, in the home of the environment. Run by its path, as a program of its own.

Says as JSON all that was planted: names, addresses, answers, ids, tickets, and a member's own.
"""

import json
from uuid import uuid4

import django

if __name__ == "__main__":
    django.setup()

from tadamun.organise.network.models import Account, Membership, Organisation
from tadamun.organise.network.vocabulary import Role
from tadamun.organise.people.models import Question, Registration
from tadamun.organise.people.services import counting, deciding, registrations
from tadamun.organise.people.services.admissions import open_admission
from tadamun.organise.people.services.entries import Entry
from tadamun.organise.people.services.mints import ticket_mint
from tadamun.organise.people.services.registrations import Form
from tadamun.organise.programme.models import Activity
from tadamun.organise.programme.vocabulary import State
from tadamun.organise.safety.services import members, vault
from tadamun.organise.safety.services.audit import Actor
from tadamun.toolkit import clock

LAYLA = Actor("Layla")
NAME, NOTE, ANSWER = "زهور المختلقة", "ابنتي معي المزروعة", "مواجهة الجمهور المزروعة"
PHONE, EMAIL, MEMBER = "+9647709182736", "zuhur.planted@example.org", "layla.planted@example.org"
LABEL = "Layla Planted-Member"
# Enough for a published count.
PEOPLE = 12


def keeper() -> None:
    """A member of the organisation that carries the week, who may see names."""
    kahramana = Organisation.objects.get(slug="kahramana")
    account = Account.objects.create_user(email=MEMBER, shown_name=LABEL, created_at=clock.now())
    Membership.objects.create(account=account, organisation=kahramana, role=Role.COORDINATOR, may_see_names=True)
    given = {"actor": LAYLA, "member": account.subject, "now": clock.now()}
    members.found_member(passphrase="twelve stars over the river", **given)
    vault.give_access(organisation=kahramana.subject, keyring=None, **given)


def seeded(activity: Activity) -> list[str]:
    """People who signed up for the activity and came; what of theirs may be nowhere in public."""
    Activity.objects.filter(pk=activity.pk).update(state=State.OPEN)
    activity.refresh_from_db()
    admission = open_admission(actor=LAYLA, activity=activity, now=clock.now(), capacity=50, guests_max=0)
    Question.objects.create(admission=admission, position=1, code="q1", text={"en": "What?"}, why={"en": "To plan"})
    tickets = []
    for number in range(PEOPLE):
        contact = f"{number}{EMAIL}" if number else PHONE
        entry = Entry(name=f"{NAME} {number}", contact=contact, answers={"q1": ANSWER}, note=NOTE)
        form = Form(entry=entry, nonce=uuid4().bytes, language="ar", sex="woman")
        tickets.append(registrations.register(admission=admission, form=form, mint=ticket_mint(), now=clock.now()))
    rows = list(Registration.objects.all())
    for row in rows:
        deciding.let_in(actor=LAYLA, admission=admission, read=row.short_code, now=clock.now())
    counting.count_into_record(actor=LAYLA, admission=admission, now=clock.now())
    ids = [text for row in rows for text in (str(row.uid), row.uid.hex, row.short_code)]
    theirs = [str(ticket.ticket) for ticket in tickets]
    return [NAME, NOTE, ANSWER, PHONE, PHONE[4:], EMAIL, MEMBER, LABEL, *ids, *theirs]


if __name__ == "__main__":
    keeper()
    print(json.dumps(seeded(Activity.objects.order_by("week__start", "position")[0])))
