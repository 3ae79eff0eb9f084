"""E-mail addresses and phone numbers in one spelling, so that the same one is known again."""

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy

HOME_REGION = "IQ"
_NEITHER = gettext_lazy(
    "This is neither an e-mail address nor a phone number. Write it like name@example.org or 0770 123 4567."
)


def plain_contact(text: str) -> str:
    """An e-mail address in small letters, or a phone number as +9647701234567; digits of any script are understood.

    :raises ValidationError: when it is neither.
    """
    text = text.strip()
    if not text:
        return ""
    if "@" in text:
        try:
            validate_email(text)
        except ValidationError:
            raise ValidationError(_NEITHER) from None
        return text.casefold()
    try:
        number = phonenumbers.parse(text, HOME_REGION)
    except phonenumbers.NumberParseException:
        raise ValidationError(_NEITHER) from None
    if not phonenumbers.is_possible_number(number):
        raise ValidationError(_NEITHER)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
