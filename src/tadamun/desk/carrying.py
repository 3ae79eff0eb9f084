"""What comes along when an activity is repeated or a week begun again: each app brings its own."""

from tadamun.organise.people.services.copying import carry_sign_up
from tadamun.organise.programme.services.copying import Carry

CARRY: tuple[Carry, ...] = (carry_sign_up,)
