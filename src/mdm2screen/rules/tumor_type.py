"""Diagnosis: tumor types that a protocol is for, excludes, or sends to review."""

from typing import ClassVar, Literal

from pydantic import Field, field_validator

from mdm2screen import oncotree
from mdm2screen.evidence import Evidence
from mdm2screen.records import Model
from mdm2screen.results import Call, Reason, Status, reason
from mdm2screen.rules.base import Precedence, Rule


class TumorTypeEntry(Model):
    """An OncoTree code, alone or with all below it, and why it is listed."""

    code: str
    subtree: bool = False
    source: str = Field(min_length=1)

    @field_validator("code")
    @classmethod
    def _known(cls, code: str) -> str:
        if not oncotree.exists(code):
            raise ValueError(f"{code!r} is no OncoTree code (release {oncotree.VERSION})")
        return code

    def holds(self, tumor: oncotree.TumorType) -> bool:
        """Whether the entry speaks of this tumor type."""
        return tumor.within(self.code) if self.subtree else tumor.code == self.code


class TumorType(Rule):
    """MET for a diagnosis that ``include`` lists (none: any) and ``exclude`` does not.

    Excluded is NOT_MET, also where included; so is what is not included. INDETERMINATE: ``review``, no diagnosis, and
    one so general that an excluded type, or one of the included, lies below it.
    """

    genomic: ClassVar[bool] = False
    criterion: ClassVar[str] = "tumor_type"
    precedence: ClassVar[Precedence] = Precedence.WORST
    rule: Literal["tumor_type"]
    include: tuple[TumorTypeEntry, ...] = ()
    exclude: tuple[TumorTypeEntry, ...] = ()
    review: tuple[TumorTypeEntry, ...] = ()

    def evaluate(self, evidence: Evidence) -> Call:
        """The call on the diagnosis."""
        status, why = self._judge(evidence.tumor_type)
        return Call(criterion=self.criterion, status=status, reasons=(why,))

    def _judge(self, tumor: oncotree.TumorType | None) -> tuple[Status, Reason]:
        if tumor is None:
            return Status.INDETERMINATE, reason("D004", "no diagnosis was given")
        words = f"{tumor.name} ({tumor.code})"
        for entry in self.exclude:
            if entry.holds(tumor):
                below = f", below {entry.code}" if entry.code != tumor.code else ""
                return Status.NOT_MET, reason("D002", f"{words}{below} is excluded: {entry.source}")
        for entry in self.review:
            if entry.holds(tumor):
                return Status.INDETERMINATE, reason("D003", f"{words} needs review: {entry.source}")
        if self.include and not any(entry.holds(tumor) for entry in self.include):
            return self._not_included(tumor, words)
        below_it = _below(tumor, self.exclude)
        if below_it:
            return Status.INDETERMINATE, reason("D003", f"{words} covers {', '.join(below_it)}, which are excluded")
        if self.include:
            entry = next(entry for entry in self.include if entry.holds(tumor))
            return Status.MET, reason("D005", f"{words} is a tumor type of the trial: {entry.source}")
        return Status.MET, reason("D001", f"{words} is not among the excluded tumor types")

    def _not_included(self, tumor: oncotree.TumorType, words: str) -> tuple[Status, Reason]:
        below_it = _below(tumor, (*self.include, *self.review))
        if below_it:
            what = f"{words} covers {', '.join(below_it)}, which the trial is or may be for, and more"
            return Status.INDETERMINATE, reason("D007", what)
        listing = ", ".join(entry.code for entry in self.include)
        return Status.NOT_MET, reason("D006", f"{words} is none of the tumor types the trial is for: {listing}")


def _below(tumor: oncotree.TumorType, entries: tuple[TumorTypeEntry, ...]) -> list[str]:
    """Codes of the entries that lie below a tumor type."""
    return [entry.code for entry in entries if oncotree.lookup(entry.code).within(tumor.code)]
