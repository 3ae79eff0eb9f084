"""What a locked phone is told: whether its kit is to be erased unopened. Nothing else, and nothing is written."""

from django.core.cache import cache

from tadamun.organise.field.models import Device
from tadamun.organise.field.rules.standing import hash_of

ASKS_A_MINUTE = 6
_MINUTE = 60


def is_ordered(token: bytes) -> bool:
    """Whether the kit of this token is to be erased at once. No for a token of no kit: a server that was restored from
    a backup must not empty phones. One query.
    """
    return Device.objects.filter(standing=hash_of(token), erase_locked=True).exists()


def asks_too_often(token: bytes) -> bool:
    """Whether this token was asked with more than six times within a minute. Counted in memory alone, by its hash."""
    key = f"field-standing-{hash_of(token).hex()}"
    cache.add(key, 0, _MINUTE)
    try:
        return cache.incr(key) > ASKS_A_MINUTE
    except ValueError:  # it ended between the two
        return False
