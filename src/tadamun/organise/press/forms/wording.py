"""Writing one text in one language."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tadamun.toolkit.languages.registry import language

LONGEST = 20_000


class WordingForm(forms.Form):
    """A wording; ``seen`` is what stood there when the translator began."""

    words = forms.CharField(required=False, strip=True, max_length=LONGEST)
    seen = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    source = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, code: str, long: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        tongue = language(code)
        attributes = {"lang": code, "dir": tongue.direction, "rows": 12 if long else 3}
        self.fields["words"].widget = forms.Textarea(attrs=attributes)
        self.fields["words"].label = tongue.own_name


class NamesForm(forms.Form):
    """The names of a place, a body, an occasion or a campaign, a box for each language."""

    def __init__(self, *args: Any, names: Any, codes: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for code in codes:
            tongue = language(code)
            box = forms.TextInput(attrs={"lang": code, "dir": tongue.direction})
            self.fields[f"name_{code}"] = forms.CharField(
                label=tongue.own_name, required=False, max_length=300, initial=names.get(code, ""), widget=box
            )

    def clean(self) -> dict[str, Any]:
        """At least one name is left."""
        if not any(self.names.values()):
            raise forms.ValidationError(_("Leave at least one name."))
        return self.cleaned_data

    @property
    def names(self) -> dict[str, str]:
        """The names by language."""
        return {name.removeprefix("name_"): value for name, value in self.cleaned_data.items() if value}
