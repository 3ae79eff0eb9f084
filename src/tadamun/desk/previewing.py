"""A week's pages as an audience would see them, set by the public site's own templates, with nothing published.

The pages are those of ``publish.site``. What would lead out of the preview is made inert: a link to another page of
the site or to elsewhere, a feed, a sign-up. Links to the week, its activities and its languages stay within.
"""

import re
from collections.abc import Callable
from datetime import date

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from tadamun.desk.house import PublishingHouse
from tadamun.publish.site.pages.activity import activity_page
from tadamun.publish.site.pages.week import edition, week_page
from tadamun.publish.site.styles import content_security_policy
from tadamun.publish.site.typesetting import Typesetter
from tadamun.record.structs import SiteRecord, WeekRecord

# Where a page of the preview lies, by language and activity (slug; empty: the week), empty for one that it does not
# hold; where a photo lies, by digest.
Address = Callable[[str, str], str]
PhotoAddress = Callable[[str], str]

_HEAD_LINK = re.compile(r'<link rel="(?:alternate|canonical|icon)"[^>]*>\n?')
_META = re.compile(r'<meta (?:property|name)="(?:og|twitter):[^>]*>\n?')
_SOURCE = re.compile(r"<source [^>]*>")
_PICTURE = re.compile(r'src="/media/([0-9a-f]{64})-[^"]*"')
_HREF = re.compile(r' href="([^"]*)"')
_SKIP_LINK = re.compile(r'<a class="skip"[^>]*>.*?</a>', re.DOTALL)


def preview_page(
    *,
    house: PublishingHouse,
    record: WeekRecord,
    site: SiteRecord,
    code: str,
    activity: str,
    now: date,
    banner: SafeString,
    sheet: str,
    address: Address,
    photo: PhotoAddress,
) -> bytes:
    """One page as the site would show it: of the week, or of an activity (slug). ``sheet`` styles the banner.

    :raises LookupError: when the audience knows of no such activity.
    """
    typesetter = Typesetter(site=site, code=code, locale_folder=house.locale_folder)
    of = edition(record, site=site, typesetter=typesetter, now=now)
    page = activity_page(of, activity) if activity else week_page(of)
    html = _META.sub("", _HEAD_LINK.sub("", page.decode()))
    html = _PICTURE.sub(lambda found: f'src="{escape(photo(found[1]))}"', _SOURCE.sub("", html))
    html = _HREF.sub(lambda found: _href(found[1], record.slug, site.languages, address), html)
    html = html.replace("</head>", format_html('<link rel="stylesheet" href="{}">\n</head>', sheet), 1)
    return _SKIP_LINK.sub(lambda found: f"{found[0]}\n{banner}", html, count=1).encode()


def preview_policy() -> str:
    """The content security policy of a preview: the public one, and the style sheet of the banner."""
    return content_security_policy().replace("style-src ", "style-src 'self' ")


def _href(target: str, week: str, languages: tuple[str, ...], address: Address) -> str:
    if target.startswith("#"):
        return f' href="{target}"'
    found = re.fullmatch(rf"/([\w-]+)/weeks/{re.escape(week)}/(?:([\w-]+)/)?(#[^\"]*)?", target)
    if found is None or found[1] not in languages:
        return ""
    to = address(found[1], found[2] or "")
    return f' href="{escape(to)}{found[3] or ""}"' if to else ""
