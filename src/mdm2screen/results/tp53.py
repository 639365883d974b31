"""What was found of TP53."""

from enum import StrEnum
from typing import Literal

from mdm2screen.annotation_check import AnnotationCheck
from mdm2screen.callability_result import Callability
from mdm2screen.records import FilterKind, Model, Significance, Source


class Disposition(StrEnum):
    """What a TP53 variant does to wild-type."""

    DISQUALIFIES = "disqualifies"
    REVIEW = "review"
    IGNORED = "ignored"


class ClassSource(Model):
    """What one source says of a TP53 variant, in its own ``words``."""

    origin: str
    significance: Significance
    words: str
    source: Source


class Tp53Variant(Model):
    """One TP53 variant as judged. ``counts`` says whether it takes wild-type away; ``why`` says the rest.

    ``filter_kinds`` says what each failed token of ``filter`` means to its caller, ``germline`` why the caller takes
    the variant for one of the normal genome.
    ``classification`` is joined from ``class_sources``. ``domain`` of the protein is context, no evidence.
    ``annotation`` is ``None`` where no file annotates the variant.
    ``parts`` are the c. names of the changes on one molecule that it stands for; ``part_of`` is the name of the change
    that stands for it.
    """

    locus: str
    ref: str
    alt: str
    hgvs_c: str | None
    hgvs_p: str | None
    consequence: str
    vaf: float | None
    depth: int | None
    filter: str
    filter_kinds: tuple[FilterKind, ...] = ()
    germline: str | None = None
    domain: str | None = None
    classification: str
    class_sources: tuple[ClassSource, ...] = ()
    counts: Disposition
    why: str
    source: Source
    annotation: AnnotationCheck | None = None
    parts: tuple[str, ...] = ()
    part_of: str | None = None

    @property
    def name(self) -> str:
        """The p. name where it says something, else the c. name, else the place."""
        telling = None if self.hgvs_p == "p.?" else self.hgvs_p
        return telling or self.hgvs_c or f"{self.locus} {self.ref}>{self.alt}"


class Heterozygosity(Model):
    """Whether both parents' alleles of TP53 are left, by the part where the rarer one has fewest copies.

    ``copies`` of the gene and ``minor`` of its rarer allele are those of a tumor cell, corrected for purity.
    """

    state: Literal["kept", "lost", "lost_in_part"]
    copies: float | None
    minor: float
    source: Source


class Tp53Finding(Model):
    """TP53: every variant in the gene, what the assay could see, and loss of heterozygosity (context alone)."""

    variants: tuple[Tp53Variant, ...] = ()
    callability: Callability
    heterozygosity: Heterozygosity | None = None
