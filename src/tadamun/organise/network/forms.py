"""Forms of sign-in, of accounts and of members: input to clean values."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tadamun.organise.network.vocabulary import ROLES, Role
from tadamun.toolkit.forms import asked_because
from tadamun.toolkit.languages.registry import language

LONG_HINT = _("At least 15 signs. Four or five words that do not belong together are easy to keep and hard to guess.")


def passphrase_field(label: Any, *, new: bool = False, hint: Any = "") -> forms.CharField:
    """A passphrase: kept as typed, never shown again, filled in by password managers."""
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password" if new else "current-password"})
    return forms.CharField(label=label, strip=False, max_length=1024, widget=widget, help_text=hint)


def code_field(label: Any, *, hint: Any = "", autocomplete: str = "off") -> forms.CharField:
    """A code that is typed from paper or from an app."""
    attributes = {"autocomplete": autocomplete, "class": "code", "spellcheck": "false", "autocapitalize": "characters"}
    return forms.CharField(label=label, max_length=80, widget=forms.TextInput(attrs=attributes), help_text=hint)


def email_field() -> forms.EmailField:
    """The address that an account signs in with."""
    return forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username"}))


class SignInForm(forms.Form):
    """E-mail and passphrase."""

    email = email_field()
    passphrase = passphrase_field(_("Passphrase"))

    def clean_email(self) -> str:
        """Addresses are compared in small letters."""
        return str(self.cleaned_data["email"]).lower()


class FactorForm(forms.Form):
    """The second factor: a code, or what a passkey answered."""

    code = code_field(
        _("Code"), hint=_("Six digits from your app, or one of your spare codes."), autocomplete="one-time-code"
    )
    credential = forms.JSONField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].required = self.data.get("credential") in {None, "", "null"}


class NewPassphraseForm(forms.Form):
    """A new passphrase, typed twice."""

    new = passphrase_field(_("New passphrase"), new=True, hint=LONG_HINT)
    again = passphrase_field(_("The same once more"), new=True)

    def clean(self) -> dict[str, Any]:
        """Both must be alike."""
        values = super().clean() or {}
        if values.get("new") and values.get("again") and values["new"] != values["again"]:
            self.add_error("again", _("The two passphrases are not alike. Type both again."))
        return values


class WelcomeForm(NewPassphraseForm):
    """What a newcomer says of herself."""

    shown_name = asked_because(
        _("The other members see it, and so does the log of who did what. It need not be your full name."),
        forms.CharField(
            label=_("Name that the others see"),
            max_length=60,
            widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
        ),
    )
    field_order = ("shown_name", "new", "again")


class ChangePassphraseForm(NewPassphraseForm):
    """The old passphrase and a new one."""

    old = passphrase_field(_("Old passphrase"))
    field_order = ("old", "new", "again")


class RecoverForm(NewPassphraseForm):
    """The printed recovery code and a new passphrase."""

    email = email_field()
    code = code_field(_("Recovery code"), hint=_("Seven groups of five signs, from the paper."))
    field_order = ("email", "code", "new", "again")


class ForgottenForm(forms.Form):
    """Whom to send a link to."""

    email = email_field()


class UnlockForm(forms.Form):
    """The passphrase alone, before something that matters."""

    passphrase = passphrase_field(_("Passphrase"))


class ReopenForm(forms.Form):
    """After a reset: the passphrase of before or the recovery code, and the present passphrase."""

    old = passphrase_field(_("Passphrase of before"), hint=_("Or leave it empty and type the recovery code."))
    code = code_field(_("Recovery code"), hint=_("Seven groups of five signs, from the paper."))
    current = passphrase_field(_("Passphrase that you sign in with now"))
    old.required = code.required = False

    def clean(self) -> dict[str, Any]:
        """One of the two is needed."""
        values = super().clean() or {}
        if not values.get("old") and not values.get("code"):
            self.add_error("old", _("Type the passphrase of before, or the recovery code."))
        return values


class AfreshForm(forms.Form):
    """Starting with an empty key."""

    current = passphrase_field(_("Passphrase that you sign in with now"))
    understood = forms.BooleanField(label=_("I have neither the old passphrase nor the recovery code."))


class KeptForm(forms.Form):
    """Two groups of the recovery code, typed from the paper."""

    first = code_field("")
    second = code_field("")
    check = forms.CharField(widget=forms.HiddenInput)


class AppForm(forms.Form):
    """The first code of an app."""

    code = code_field(_("Code that the app shows"), hint=_("Six digits."), autocomplete="one-time-code")
    passphrase = passphrase_field(_("Passphrase"))
    offer = forms.CharField(widget=forms.HiddenInput)


class PasskeyForm(forms.Form):
    """A new passkey: what the browser answered, and a name for it."""

    name = forms.CharField(
        label=_("Name of this passkey"),
        max_length=40,
        help_text=_("So that you find it again: “my phone”, “blue key”."),
    )
    passphrase = passphrase_field(_("Passphrase"))
    credential = forms.JSONField(widget=forms.HiddenInput)


class InviteForm(forms.Form):
    """Who is invited, as what."""

    email = asked_because(
        _("The invitation works for this address only. It is forgotten once the link was used or is over."),
        forms.EmailField(label=_("E-mail")),
    )
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    may_see_names = forms.BooleanField(label=_("May see the names of those who sign up"), required=False)
    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        roles, languages = self.fields["role"], self.fields["language"]
        roles.choices = role_choices()  # type: ignore[attr-defined]  # a ChoiceField
        languages.choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (code, language(code).own_name) for code, _name in settings.LANGUAGES
        ]


class MemberForm(forms.Form):
    """A member's role."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    may_see_names = forms.BooleanField(label=_("May see the names of those who sign up"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["role"].choices = role_choices()  # type: ignore[attr-defined]  # a ChoiceField


def role_choices() -> list[tuple[str, str]]:
    """The roles with a sentence each."""
    return [(role.value, f"{ROLES[role].title}: {ROLES[role].says}") for role in Role]
