"""When something happened: a phone's clock, corrected by what the server's said whenever the two met.

offset = server − phone at a contact. An entry takes the offset of the contact that is nearest in the phone's own clock,
the earlier one where two are as near: so a clock that was set right in between is wrong on one side of it only.
Without any contact the phone is believed, and named.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Met:
    """A contact: both clocks in milliseconds since 1970."""

    device: str
    phone_clock: int
    at: int


@dataclass
class Clocks:
    """All phones' clocks against the server's."""

    _met: dict[str, tuple[list[int], list[int]]] = field(default_factory=dict)

    @classmethod
    def of(cls, contacts: Iterable[Met]) -> "Clocks":
        """From contacts in any order; of two at one reading of the phone's clock the earlier one holds."""
        offsets: dict[str, dict[int, int]] = {}
        for met in contacts:
            known = offsets.setdefault(met.device, {})
            known[met.phone_clock] = min(met.at - met.phone_clock, known.get(met.phone_clock, met.at - met.phone_clock))
        return cls(
            {
                device: (sorted(known), [known[reading] for reading in sorted(known)])
                for device, known in offsets.items()
            }
        )

    def knows(self, device: str) -> bool:
        """Whether this phone ever met the server."""
        return device in self._met

    def corrected(self, device: str, clock: int) -> int:
        """The true time, in milliseconds since 1970."""
        if device not in self._met:
            return clock
        readings, offsets = self._met[device]
        after = bisect_left(readings, clock)
        if after == len(readings):
            return clock + offsets[-1]
        if after == 0 or readings[after] - clock < clock - readings[after - 1]:
            return clock + offsets[after]
        return clock + offsets[after - 1]
