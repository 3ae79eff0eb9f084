"""The publishing house of this installation: what publishing needs to know of it."""

from tadamun.config.environment import Environment
from tadamun.config.outcome import CannotGoOn
from tadamun.desk.house import PublishingHouse
from tadamun.publish.bundle.errors import BundleError
from tadamun.publish.bundle.signing import load_key


def publishing_house(environment: Environment) -> PublishingHouse:
    """What publishing needs to know of this installation.

    :raises CannotGoOn: when the signing key cannot be used.
    """
    key_file = environment.home / "keys" / "site.pem"
    try:
        load_key(key_file)
    except BundleError as error:
        raise CannotGoOn(str(error)) from error
    return PublishingHouse(
        home=environment.home,
        key_file=key_file,
        languages=environment.languages,
        base_url=environment.base_url,
        onion_url=environment.onion_url,
        small_cell=environment.small_cell,
        locale_folder=environment.locale_folder,
    )
