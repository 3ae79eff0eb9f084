"""Keys sealed to keys: a member opens her organisation's key, that one opens the keys of its activities.

    passphrase ─▶ member ─▶ organisation ─▶ activity ─▶ sealed rows

A `Link` is one arrow between two keys: a private key, sealed to one holder. The caller stores links and public keys as
rows; an activity's names die when all links to its key are deleted. Nothing here keeps a private key.

When a holder leaves, deleting her link is not enough: she may have kept what it held. Her organisation and its
activities get new keys (`found`, which needs no private key), and what was sealed to the old ones is sealed to the new
ones (`seal_again`), after which the old ones are forgotten. What she could read before she left she may still know, and
an old backup together with the old key still opens; no cryptography takes that back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tadamun.organise.safety.vault.errors import ChainBroken, NoHolder
from tadamun.organise.safety.vault.keys import KeyPair, generate, key_id
from tadamun.organise.safety.vault.sealing import Context, open_sealed, recipient_of, seal


@dataclass(frozen=True, slots=True)
class Link:
    """The private key of `subject`, whose public key is `public_key`, sealed to `holder`.

    `subject` and `holder` are stable ids as text, unique over members, organisations and activities together
    ("organisation:…"), because the seal is bound to both.
    """

    subject: str
    public_key: bytes
    holder: str
    envelope: bytes


@dataclass(frozen=True, slots=True)
class SealedRow:
    """One sealed text with its place."""

    context: Context
    envelope: bytes


def found(*, subject: str, holders: Mapping[str, bytes]) -> tuple[Link, ...]:
    """A first key for `subject`, given to its holders; the public key is in every link.

    :raises NoHolder: when there are none.
    :raises BadKey: when a holder's public key is not one.
    """
    if not holders:
        raise NoHolder(subject=subject)
    return pass_on(generate(), subject=subject, holders=holders)


def pass_on(pair: KeyPair, *, subject: str, holders: Mapping[str, bytes]) -> tuple[Link, ...]:
    """Seal the private key of `subject` to each holder (id → public key), in the order given.

    :raises BadKey: when a holder's public key is not one.
    """
    return tuple(
        Link(
            subject=subject,
            public_key=pair.public,
            holder=holder,
            envelope=seal(public_key, pair.private, context=_context(subject, holder, pair.public)),
        )
        for holder, public_key in holders.items()
    )


def follow(pair: KeyPair, link: Link) -> KeyPair:
    """The key pair of the link's subject, opened with its holder's pair.

    :raises WrongKey, SealBroken, UnknownSuite: as in `open_sealed`.
    :raises ChainBroken: when the sealed key is not the one that the link names.
    """
    private = open_sealed(pair, link.envelope, context=_context(link.subject, link.holder, link.public_key))
    reached = KeyPair.of_private(private)
    if reached.public != link.public_key:
        raise ChainBroken(subject=link.subject)
    return reached


def reach(pair: KeyPair, links: Iterable[Link], *, subject: str, public_key: bytes | None = None) -> KeyPair:
    """The key pair of `subject`, along whichever of the links lead there from `pair`.

    The links may be given in any order and more than are needed, for example those of all organisations of a member.
    While a subject's key is being renewed it has an old and a new one: ``public_key`` says which is meant.

    :raises ChainBroken: when no way leads there.
    :raises SealBroken, UnknownSuite: when a link on the way is damaged.
    """
    waiting: dict[bytes, list[Link]] = {}
    for link in links:
        waiting.setdefault(recipient_of(link.envelope), []).append(link)
    opened = [pair]
    while opened:
        holder = opened.pop()
        for link in waiting.pop(key_id(holder.public), []):
            reached = follow(holder, link)
            if link.subject == subject and public_key in {None, link.public_key}:
                return reached
            opened.append(reached)
    raise ChainBroken(subject=subject)


def seal_again(row: SealedRow, old: KeyPair, public_key: bytes) -> SealedRow:
    """The same text in the same place, sealed to another key.

    :raises WrongKey, SealBroken, UnknownSuite: as in `open_sealed`.
    """
    plaintext = open_sealed(old, row.envelope, context=row.context)
    return SealedRow(context=row.context, envelope=seal(public_key, plaintext, context=row.context))


def _context(subject: str, holder: str, public_key: bytes) -> Context:
    return Context(purpose="key", activity=subject, field=holder, row=public_key.hex())
