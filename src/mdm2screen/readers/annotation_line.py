"""One allele of a VCF line as the annotation dialects see it, and what they give back."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from mdm2screen import hgvs_names
from mdm2screen.annotation import TRANSCRIPTS
from mdm2screen.genes import TP53
from mdm2screen.protein import common_prefix
from mdm2screen.records import Annotation, ClassRecord, Source

GENE_NAMES = frozenset({TP53.symbol, "ENSG00000141510", "7157"})
"""TP53 as annotation programs call it: symbol, Ensembl gene, NCBI gene."""

_EMPTY = frozenset({"", ".", "-", "NA", "UNKNOWN"})


@dataclass(frozen=True)
class AnnotatedAllele:
    """ALT ``number`` (1 for the first) of a line. ``declared`` holds the Description of each INFO key of the header.

    ``info_at`` gives the INFO text of the other records by POS, for programs that point from one to the next.
    ``vep_release`` is that of the header, where VEP was run.
    """

    pos: int
    ref: str
    alts: tuple[str, ...]
    number: int
    info_text: str
    source: Source
    declared: Mapping[str, str] = field(default_factory=dict)
    info_at: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    vep_release: int | None = None

    @property
    def alt(self) -> str:
        """The allele's own bases."""
        return self.alts[self.number - 1]

    @cached_property
    def items(self) -> tuple[tuple[str, str], ...]:
        """INFO as (key, value) pairs, keys that are repeated too, flags with an empty value."""
        return items_of(self.info_text)

    @cached_property
    def info(self) -> dict[str, str]:
        """INFO by key, the first of a repeated one."""
        return dict(reversed(self.items))

    def keys_where(self, description: re.Pattern[str], default: str) -> dict[str, str]:
        """Keys of this line whose Description fits, with it; an undeclared key of the ``default`` name fits too."""
        found = {key: self.declared.get(key) for key in self.info}
        return {
            key: words or ""
            for key, words in found.items()
            if (words is not None and description.search(words)) or (words is None and key == default)
        }


@dataclass
class Said:
    """What an annotation says of an allele; ``unread`` names what could not be parsed."""

    annotations: list[Annotation] = field(default_factory=list)
    classes: list[ClassRecord] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def __iadd__(self, other: "Said") -> "Said":
        self.annotations += other.annotations
        self.classes += other.classes
        self.unread += other.unread
        return self


def items_of(info: str) -> tuple[tuple[str, str], ...]:
    """INFO text as (key, value) pairs."""
    parts = (item.partition("=") for item in info.split(";"))
    return tuple((key, value) for key, _, value in parts)


def shortest(ref: str, alt: str) -> set[tuple[str, str]]:
    """REF and ALT without the bases they share at both ends, ``-`` for none, whichever end is looked at first."""
    lead, tail = common_prefix(ref, alt), common_prefix(ref[::-1], alt[::-1])
    room = min(len(ref), len(alt))
    cuts = {(lead, min(tail, room - lead)), (min(lead, room - tail), tail)}
    return {(ref[at : len(ref) - end] or "-", alt[at : len(alt) - end] or "-") for at, end in cuts}


def stated(token: str | None) -> str | None:
    """A field's text; ``None`` where the program left it empty."""
    return None if token is None or token.strip() in _EMPTY else token.strip()


def annotation(
    program: str,
    *,
    gene: str | None,
    transcript: str | None,
    terms: Iterable[str],
    hgvs_c: str | None = None,
    hgvs_p: str | None = None,
    chosen: bool = False,
    with_others: bool = False,
) -> Annotation | None:
    """A statement of TP53 in one spelling; ``None`` for another gene's or where no effect is named.

    One that names neither gene nor transcript is of the place, so it is kept unless it places it between genes.
    """
    bare = None if stated(transcript) is None else str(transcript).strip().removeprefix("transcript:").partition(".")[0]
    known = stated(gene)
    named = tuple(dict.fromkeys(term for term in terms if stated(term)))
    of_tp53 = known in GENE_NAMES if known is not None else bare is None or bare in TRANSCRIPTS
    if not named or not of_tp53 or (bare is None and all(term.startswith("intergenic") for term in named)):
        return None
    return Annotation(
        program=program,
        gene=TP53.symbol,
        transcript=bare,
        terms=named,
        hgvs_c=hgvs_names.coding_name(hgvs_c or ""),
        hgvs_p=hgvs_names.protein_name(hgvs_p or ""),
        chosen=chosen,
        with_others=with_others,
    )
