import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdm2screen.reports.plain_text import visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("P1 tumor.vcf.gz", "P1 tumor.vcf.gz"),
        ("Müller 腫瘍", "Müller 腫瘍"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\tb\r\nc", "a\\tb\\r\\nc"),
        ("\x9b2J", "\\x9b2J"),
        ("gz.\u202efcv", "gz.\\u202efcv"),
        ("a\u2028b", "a\\u2028b"),
        ("\udcff", "\\udcff"),
        ("[red]x[/red]", "[red]x[/red]"),
    ],
)
def test_acting_characters_become_their_escape(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_nothing_acting_is_left(text: str) -> None:
    assert not {unicodedata.category(character) for character in visible(text)} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


def test_what_is_printable_holds_no_character_that_acts() -> None:
    acting = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    every = map(chr, range(sys.maxunicode + 1))
    assert not [one for one in every if one.isprintable() and unicodedata.category(one) in acting]
