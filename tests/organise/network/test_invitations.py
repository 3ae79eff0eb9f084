"""Nobody comes in but by a link that works once, for one role, for a few days."""

from datetime import timedelta

import pytest
from django.test import Client

from tadamun.organise.network.models import Account, Invitation, Membership
from tadamun.organise.network.services import invitations
from tadamun.organise.network.vocabulary import Role
from tadamun.organise.safety.models import AuditEntry
from tadamun.toolkit import clock
from tadamun.toolkit.rulings import Refused
from tests.organise.network.people import LAYLA, OTHER, PASSPHRASE, Browser, invited, member, organisation

pytestmark = pytest.mark.django_db


def test_there_is_no_way_to_sign_up_without_an_invitation() -> None:
    for path in ("/desk/sign-up/", "/accounts/signup/", "/desk/register/"):
        assert Client().get(path).status_code == 404
    assert Client().get("/desk/welcome/never-made/").status_code == 410


def test_the_link_gives_exactly_the_role_that_it_was_made_for() -> None:
    secret = invited("rana@example.org", role=Role.EDITOR, sees_names=False)
    rana = Browser("rana@example.org")
    rana.client.post(
        f"/desk/welcome/{secret}/",
        {"shown_name": "Rana", "new": PASSPHRASE, "again": PASSPHRASE, "role": "coordinator", "may_see_names": "on"},
    )
    membership = Membership.objects.get(account__email="rana@example.org")
    assert (membership.role, membership.may_see_names, membership.organisation.slug) == ("editor", False, "our-forum")
    assert not rana.account.operator


def test_the_link_works_once_and_forgets_the_address() -> None:
    secret = invited()
    Browser().arrive(secret)
    assert Client().get(f"/desk/welcome/{secret}/").status_code == 410
    with pytest.raises(Refused):
        invitations.accept_as_newcomer(secret=secret, shown_name="X", passphrase=OTHER, now=clock.now())
    assert Invitation.objects.get().email == ""
    assert Account.objects.count() == 1


def test_the_link_ends_after_its_days() -> None:
    secret = invited()
    after = Invitation.objects.get().ends_at
    assert invitations.open_invitation(secret, now=after - timedelta(seconds=1))
    assert invitations.open_invitation(secret, now=after) is None
    with pytest.raises(Refused):
        invitations.accept_as_newcomer(secret=secret, shown_name="X", passphrase=PASSPHRASE, now=after)
    assert invitations.forget_old(now=after) == 1
    assert Invitation.objects.get().email == ""


def test_the_secret_of_a_link_is_not_stored() -> None:
    secret = invited()
    assert secret not in str(Invitation.objects.values())
    assert secret not in str(AuditEntry.objects.values())


def test_a_withdrawn_link_is_worthless() -> None:
    secret = invited()
    invitations.withdraw(actor=LAYLA, invitation=Invitation.objects.get(), now=clock.now())
    assert Client().get(f"/desk/welcome/{secret}/").status_code == 410


def test_a_bad_passphrase_makes_no_account_and_keeps_the_link() -> None:
    secret = invited()
    page = Client().post(
        f"/desk/welcome/{secret}/", {"shown_name": "Layla", "new": "our forum 2018 ok", "again": "our forum 2018 ok"}
    )
    assert page.status_code == 422
    assert "names that belong here" in page.content.decode()
    assert not Account.objects.exists()
    Browser().arrive(secret)


def test_a_member_takes_a_second_role_by_signing_in_and_not_by_a_new_passphrase() -> None:
    layla = member()
    secret = invited(to=organisation("women-centre"), role=Role.VIEWER, sees_names=False)
    stranger = Client()
    assert stranger.get(f"/desk/welcome/{secret}/").headers["Location"].startswith("/desk/sign-in/?next=")
    stranger.post(f"/desk/welcome/{secret}/", {"shown_name": "Thief", "new": OTHER, "again": OTHER})
    assert layla.account.check_password(PASSPHRASE)
    assert layla.client.post(f"/desk/welcome/{secret}/").headers["Location"] == "/desk/account/"
    assert [str(part) for part in layla.account.memberships.values_list("organisation__slug", flat=True)] == [
        "our-forum",
        "women-centre",
    ]


def test_an_invitation_is_not_for_whoever_happens_to_be_signed_in() -> None:
    layla = member()
    secret = invited("rana@example.org", to=organisation("women-centre"))
    page = layla.client.post(f"/desk/welcome/{secret}/")
    assert "another address" in page.content.decode()
    assert layla.account.memberships.count() == 1


def test_the_trail_tells_of_invitations_without_addresses() -> None:
    member("layla@example.org")
    acts = list(AuditEntry.objects.values_list("act", flat=True))
    assert acts == ["invite", "accept invitation", "make member key", "give access to names"]
    assert "example.org" not in str(list(AuditEntry.objects.values()))
