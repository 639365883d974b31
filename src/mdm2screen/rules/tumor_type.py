"""Diagnosis: tumor types that a protocol excludes, or sends to review."""

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
    """MET unless the diagnosis is listed: ``exclude`` is NOT_MET; ``review``, no diagnosis, and one so general that an
    excluded type lies below it are INDETERMINATE.
    """

    genomic: ClassVar[bool] = False
    criterion: ClassVar[str] = "tumor_type"
    precedence: ClassVar[Precedence] = Precedence.WORST
    rule: Literal["tumor_type"]
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
        below_it = [entry.code for entry in self.exclude if oncotree.lookup(entry.code).within(tumor.code)]
        if below_it:
            return Status.INDETERMINATE, reason("D003", f"{words} covers {', '.join(below_it)}, which are excluded")
        return Status.MET, reason("D001", f"{words} is not among the excluded tumor types")
