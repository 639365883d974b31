"""Text from files made safe to show: nothing in it acts on a terminal, a table or the order of reading."""

import unicodedata

# Cc and Cs: control characters and broken surrogates; Cf: invisible ones, which can reverse what is read;
# Zl and Zp: line and paragraph ends that some programs obey.
_ACTING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def visible(text: str) -> str:
    r"""``text`` on one line, every character that acts instead of being seen as its escape (``\x1b``)."""
    if text.isprintable():  # no character of these categories is: the way of nearly every text
        return text
    return "".join(_escape(character) if _acts(character) else character for character in text)


def _acts(character: str) -> bool:
    return unicodedata.category(character) in _ACTING


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
