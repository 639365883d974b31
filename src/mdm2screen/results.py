"""Status, reasons, calls and the decision: what mdm2screen says of a patient."""

from enum import StrEnum
from functools import cache
from typing import Literal

from mdm2screen import data
from mdm2screen.annotation_check import AnnotationCheck
from mdm2screen.callability_result import Callability
from mdm2screen.gene_finding import GeneFinding
from mdm2screen.kleene import Status, all_of, any_of
from mdm2screen.mdm2_finding import Branch, GeneSource, Interval, Mdm2Finding, Mdm2Source
from mdm2screen.records import FilterKind, Model, Significance, Source

# Names of the rooms below that belong to a result; what is defined here needs no entry.
__all__ = ["Branch", "GeneFinding", "GeneSource", "Interval", "Mdm2Finding", "Mdm2Source", "Status", "all_of", "any_of"]


class Eligibility(StrEnum):
    """Answer for a patient."""

    ELIGIBLE = "ELIGIBLE"
    NOT_ELIGIBLE = "NOT_ELIGIBLE"
    INDETERMINATE = "INDETERMINATE"


class CentralStatus(StrEnum):
    """State of the confirmation by the central laboratory."""

    NOT_REQUIRED = "NOT_REQUIRED"
    REQUIRED = "REQUIRED"
    CONFIRMED = "CONFIRMED"
    NOT_CONFIRMED = "NOT_CONFIRMED"
    INDETERMINATE = "INDETERMINATE"


class ReasonCode(Model):
    """A public, permanent reason code: its sentence for people, what resolves it, and its central flag.

    ``absence``: an open answer for this reason says nothing of the gene, and has no vote beside other samples.
    ``against``: what was seen speaks against the criterion, without a number that could miss it.
    ``decides``: it would decide against the criterion by itself, and still has a vote where another reason leaves the
    answer open.
    """

    code: str
    title: str
    meaning: str
    resolve: str | None = None
    flag: str | None = None
    absence: bool = False
    against: bool = False
    decides: bool = False


@cache
def reason_codes() -> dict[str, ReasonCode]:
    """All reason codes by code."""
    entries = data.toml("reasons.toml")
    return {code: ReasonCode(code=code, **entry) for code, entry in entries.items()}


class Reason(Model):
    """Why a call is what it is. ``resolve`` says what would settle it, where it is not settled.

    ``sample`` names the sample it speaks of, where a patient has several.
    """

    code: str
    message: str
    evidence: tuple[Source, ...] = ()
    resolve: str | None = None
    sample: str | None = None

    @property
    def flag(self) -> str | None:
        """The flag this reason raises for the central laboratory, if any."""
        return reason_codes()[self.code].flag


def reason(code: str, message: str, *evidence: Source, resolve: str | None = None) -> Reason:
    """A reason under a registered code; ``resolve`` is the code's own unless a more precise one is given."""
    entry = reason_codes()[code]
    return Reason(code=code, message=message, evidence=evidence, resolve=resolve or entry.resolve)


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
        """The p. name where it says something, else the c. name; of what has neither, the place."""
        telling = None if self.hgvs_p == "p.?" else self.hgvs_p
        return telling or self.hgvs_c or f"rearrangement at {self.locus}"


class Heterozygosity(Model):
    """Whether both parents' alleles of TP53 are left, by the part where the rarer one has fewest copies.

    ``copies`` of the gene and ``minor`` of its rarer allele are those of a tumor cell, corrected for purity.
    """

    state: Literal["kept", "lost", "lost_in_part"]
    copies: float | None
    minor: float
    source: Source


class Tp53Finding(Model):
    """TP53: every variant in the gene, what the assay could see, and loss of heterozygosity (context alone).

    ``sample`` is whose finding it is, where there are several local samples.
    """

    variants: tuple[Tp53Variant, ...] = ()
    callability: Callability
    heterozygosity: Heterozygosity | None = None
    sample: str | None = None


class Call(Model):
    """One criterion's answer with at least one reason."""

    criterion: str
    status: Status
    reasons: tuple[Reason, ...]
    mdm2: Mdm2Finding | None = None
    tp53: Tp53Finding | None = None
    gene: GeneFinding | None = None

    def model_post_init(self, _context: object, /) -> None:
        """A call without a reason is a fault of mdm2screen."""
        if not self.reasons:
            raise ValueError(f"call {self.criterion} has no reason")


class CallSummary(Model):
    """A call within a decision; findings stand beside the calls."""

    criterion: str
    status: Status
    reasons: tuple[Reason, ...]


class ProtocolReference(Model):
    """The protocol a decision was made under; ``digest`` is the SHA-256 of its content."""

    id: str
    version: str
    digest: str
    title: str
    status: str


class SiteCheck(Model):
    """A criterion no file can answer, to be verified by the site."""

    item: str
    source: str


class Software(Model):
    """Which program made the decision."""

    name: str = "mdm2screen"
    version: str
