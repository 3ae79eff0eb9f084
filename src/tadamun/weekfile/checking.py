"""All checks of a document, told together with those of its structure."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from tadamun.toolkit.languages.registry import language
from tadamun.weekfile.converting import annotations, is_text
from tadamun.weekfile.problems import Problem
from tadamun.weekfile.reading import Reading
from tadamun.weekfile.rules import figures, limits, names, particulars, people, ties, times
from tadamun.weekfile.rules.findings import Finding, Ground, hint
from tadamun.weekfile.system import System, system_for

Rule = Callable[[Ground], Iterable[Finding]]

RULES: tuple[Rule, ...] = (
    names.slugs_are_well_formed,
    names.week_slug_is_not_a_number,
    names.slugs_are_given_once,
    names.promises_of_other_weeks_keep_their_slug,
    names.photo_files_are_given_once,
    names.uids_are_uuids_of_their_own,
    ties.mentions_are_found,
    ties.mentioned_activities_are_found,
    ties.nothing_is_tied_to_itself,
    ties.places_do_not_lie_within_themselves,
    times.spans_run_forwards,
    times.hours_run_forwards,
    times.weekdays_match_their_dates,
    times.sittings_lie_in_their_week,
    times.uncertain_days_say_how_many,
    times.campaigns_last_as_long_as_they_say,
    times.places_told_later_say_when,
    times.time_zones_are_known,
    times.editions_say_something,
    figures.quantities_are_possible,
    figures.ranges_have_both_ends,
    figures.parts_agree_with_their_total,
    figures.group_names_belong_to_groups,
    people.involvements_name_one_body,
    people.parties_take_part_but_are_no_partners,
    people.agreements_have_no_date_before_they_are_made,
    people.people_are_named_as_they_chose,
    people.promises_say_what_became_of_them,
    limits.words_fit_their_columns,
    limits.whole_numbers_fit_their_columns,
    limits.groups_fit_their_columns,
    limits.lists_come_to_an_end,
    limits.addresses_are_web_addresses,
    limits.points_lie_on_the_earth,
    limits.sources_are_in_a_language,
    particulars.details_are_right_for_their_kind,
    particulars.photos_stand_beside_the_file,
)


def problems_of(reading: Reading, *, system: System | None = None, languages: Sequence[str] = ()) -> list[Problem]:
    """Every problem of a file, those of its structure included, in the file's order; hints are marked as such.

    ``system`` is looked up in the database when it is not given. What could not be read is not judged.
    """
    problems = list(reading.problems)
    if reading.document is not None:
        around = system_for(reading.document) if system is None else system
        ground = Ground(reading.document, around, frozenset(reading.found.lost_slugs))
        for finding in _findings(ground, languages):
            if reading.whole(finding.entry):
                path = (*reading.path_of(finding.entry), *finding.steps)
                problems.append(reading.problem(path, finding.wrong, finding.right, hint=finding.hint))
    return sorted(set(problems), key=lambda problem: (problem.line, problem.column, problem.path, problem.wrong))


def _findings(ground: Ground, languages: Sequence[str]) -> Iterator[Finding]:
    for rule in RULES:
        yield from rule(ground)
    yield from _missing_wordings(ground, languages)


def _missing_wordings(ground: Ground, languages: Sequence[str]) -> Iterator[Finding]:
    """One hint for each language of the site in which texts are missing."""
    texts = [
        getattr(entry, name)
        for entry in ground.entries
        for name, annotation in annotations(type(entry)).items()
        if is_text(annotation) and getattr(entry, name)
    ]
    for code in languages:
        if missing := sum(1 for text in texts if code not in text):
            says = _("%(missing)s of %(all)s texts have no wording in %(language)s.")
            says %= {"missing": missing, "all": len(texts), "language": language(code).own_name}
            yield hint(ground.document, says=says, right=_("Readers of it see another language there."))
