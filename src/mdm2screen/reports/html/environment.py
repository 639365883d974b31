"""The templates: everything printed is escaped, and nothing in it acts on the order of reading."""

from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup

from mdm2screen.numerals import number, percent
from mdm2screen.reports import wording
from mdm2screen.reports.plain_text import visible


@cache
def environment() -> jinja2.Environment:
    """Templates of this package with the words of the other reports as filters."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader(__package__, "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_seen,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        blanks=wording.blanks,
        criterion=wording.criterion,
        flag=wording.flag,
        number=number,
        percent=percent,
        interval=wording.interval,
        consequence=wording.consequence,
        purity_state=wording.purity_state,
    )
    return made


def _seen(value: Any) -> Any:
    """Own markup as it is; words of files with every character that would act instead of being seen escaped."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return visible(value)
    return "" if value is None else value
