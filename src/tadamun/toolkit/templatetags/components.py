"""Strict components: a template that says what it needs, and gets that and nothing else.

The first line of a component says so: ``{# component: what; may: then #}``. It is put on a page with
``{% component "components/empty.html" what=… then=… %}``. What it needs and does not get, and what it is given and does
not know, is an error of the page's author and ends the page, so that no page goes out with a hole in it.
"""

import re
from dataclasses import dataclass

from django import template
from django.template import Context, Engine, TemplateSyntaxError
from django.template.base import FilterExpression, Node, Parser, Token, token_kwargs
from django.utils.safestring import SafeString

register = template.Library()
_DECLARED = re.compile(r"\{# component: (?P<needs>[\w, ]*?)(?:; may: (?P<may>[\w, ]+?))? #\}")


class ComponentMisused(TemplateSyntaxError):
    """A component was given too little, or something that it does not know."""


@dataclass(frozen=True)
class Declared:
    """What a component needs, and what it may be given besides."""

    needs: frozenset[str]
    may: frozenset[str]


def declared(source: str) -> Declared | None:
    """What the template with this source says of itself in its first line; None when it is no component."""
    found = _DECLARED.match(source)
    return Declared(_names(found["needs"]), _names(found["may"] or "")) if found else None


def _engine(context: Context) -> Engine:
    if context.template is None:
        raise ComponentMisused("A component stands on a page; there is none.")
    return context.template.engine


def _names(listed: str) -> frozenset[str]:
    return frozenset(name.strip() for name in listed.split(",") if name.strip())


class ComponentNode(Node):
    """Prints a component with what it was given."""

    def __init__(self, name: str, given: dict[str, FilterExpression]) -> None:
        self.name = name
        self.given = given

    def render(self, context: Context) -> SafeString:
        """The component's markup.

        :raises ComponentMisused: with the name of what is missing or unknown.
        """
        found = _engine(context).get_template(self.name)
        says = declared(found.source)
        if says is None:
            raise ComponentMisused(f"{self.name} does not say in its first line what it needs.")
        values = {name: value.resolve(context, ignore_failures=True) for name, value in self.given.items()}
        if unknown := values.keys() - says.needs - says.may:
            raise ComponentMisused(f"{self.name} does not know {', '.join(sorted(unknown))}.")
        if missing := {name for name in says.needs if values.get(name) is None}:
            raise ComponentMisused(f"{self.name} needs {', '.join(sorted(missing))}.")
        inner = context.new({name: values.get(name, "") for name in says.needs | says.may})
        inner["csrf_token"] = context.get("csrf_token")
        return found.render(inner)


@register.tag
def component(parser: Parser, token: Token) -> ComponentNode:
    """Put a component on the page: its template, then ``name=value`` for what it is given."""
    bits = token.split_contents()[1:]
    if not bits or bits[0][0] not in "\"'":
        raise ComponentMisused("component is followed by the name of a template in quotes.")
    rest = bits[1:]
    given = token_kwargs(rest, parser)
    if rest:
        raise ComponentMisused(f"{bits[0]}: {' '.join(rest)} is not of the form name=value.")
    return ComponentNode(bits[0][1:-1], given)
