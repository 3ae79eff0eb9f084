"""The form for one's own certificate of attendance. It keeps nothing."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from tadamun.organise.people.forms import parts
from tadamun.toolkit.forms import asked_because


class CertificateForm(forms.Form):
    """The name that stands on a certificate. It is printed and never kept."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""
        field = parts.line(_("Name on the certificate"), required=True)
        self.fields["name"] = asked_because(_("It is printed on the paper and kept nowhere."), field)
