"""Forms about organisations: what they are called, what they are, how they belong together."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tadamun.organise.network.models import Alias, Organisation, Tie
from tadamun.organise.network.vocabulary import OrganisationKind
from tadamun.organise.programme.forms.fields import AddressField, DayField, called
from tadamun.organise.programme.queries.slugs import free_slug, is_spelt, slug_of
from tadamun.organise.programme.services.changes import Plain, plain
from tadamun.toolkit.languages.asking import TextField
from tadamun.toolkit.languages.text import Text

_ARABIC = re.compile(r"[\u0600-\u06ff]")
# Letters that Sorani has and Arabic has not.
_KURDISH = re.compile(r"[\u06ce\u06c6\u0695\u06b5\u06d5\u06a4]")


def in_its_language(words: str) -> Text:
    """Words that somebody typed in one box, under the language that they are probably in."""
    here = get_language() or settings.LANGUAGE_CODE
    if not _ARABIC.search(words):
        return {here if here not in ("ar", "ckb") else "en": words}
    if _KURDISH.search(words):
        return {"ckb": words}
    return {here if here in ("ar", "ckb") else "ar": words}


class OrganisationForm(forms.ModelForm):  # type: ignore[type-arg]  # its own model
    """What an organisation is."""

    url = forms.URLField(label=_("Web page"), required=False, max_length=200, assume_scheme="https")
    slug = AddressField(rows=Organisation.objects.all())
    more: tuple[str, ...] = ("short_names", "side", "country", "description", "url", "slug")

    class Meta:
        model = Organisation
        fields = ("names", "kind", "city", "short_names", "side", "country", "description", "url")
        labels = {
            "names": _("Name"),
            "kind": _("What it is"),
            "city": _("City"),
            "short_names": _("Short name"),
            "side": _("Where it works"),
            "country": _("Country"),
            "description": _("In a few words"),
        }
        field_classes = {"names": TextField}

    template_name = "programme/desk/row_form.html"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["names"].required = True
        self.fields["kind"].initial = OrganisationKind.ASSOCIATION
        if self.instance.pk:
            del self.fields["slug"]

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """The fields that are shown at once."""
        return [field for field in self.visible_fields() if field.name not in self.more]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """The fields below the fold."""
        return [self[name] for name in self.more if name in self.fields]

    @property
    def more_is_open(self) -> bool:
        """Whether something below the fold is wrong."""
        return any(field.errors for field in self.more_fields)

    def clean(self) -> dict[str, Any]:
        """The short name of a new organisation goes with it; one that is spelt out of Arabic letters is shown first.

        :raises ValidationError: at the short name, with the proposed one in the field.
        """
        sent: dict[str, Any] = super().clean() or self.cleaned_data
        if "slug" not in sent:
            return sent
        self.instance.slug = sent["slug"]
        if not sent["slug"] and is_spelt(sent.get("names") or {}):
            self._propose(slug_of(sent["names"], ""))
        return sent

    def _propose(self, slug: str) -> None:
        sent = QueryDict(mutable=True)
        sent.update(self.data)
        sent[self.add_prefix("slug")] = free_slug(Organisation.objects.all(), slug)
        self.data = sent
        self.more = tuple(name for name in self.more if name != "slug")  # what must be looked at lies above the fold
        self.add_error(
            "slug", _("It is spelt like this in addresses, and stays so. Mend it or leave it, and send again.")
        )

    @property
    def wanted(self) -> Plain:
        """What was entered, as plain values."""
        return {name: plain(self.cleaned_data[name]) for name in self._meta.fields or ()}


class AliasForm(forms.ModelForm):  # type: ignore[type-arg]  # its own model
    """Another name."""

    class Meta:
        model = Alias
        fields = ("names",)
        labels = {"names": _("Another name or spelling")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # The page has the organisation's own names, too: marks of their own, so that labels find their boxes.
        self.auto_id = "alias_%s"
        self.fields["names"].required = True


class TieForm(forms.ModelForm):  # type: ignore[type-arg]  # its own model
    """How it belongs to another organisation."""

    class Meta:
        model = Tie
        fields = ("type", "to", "since", "until", "according_to")
        labels = {
            "type": _("How they belong together"),
            "to": _("To which organisation"),
            "since": _("Since"),
            "until": _("Until"),
            "according_to": _("Who says so"),
        }
        field_classes = {"since": DayField, "until": DayField}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        others: Any = self.fields["to"]
        others.queryset = Organisation.objects.exclude(pk=self.instance.organisation_id)
        others.label_from_instance = called

    def clean(self) -> dict[str, Any]:
        """It ends after it began."""
        values = super().clean() or {}
        if values.get("since") and values.get("until") and values["until"] < values["since"]:
            self.add_error("until", _("This day is before the first one."))
        return values
