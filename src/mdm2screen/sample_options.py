"""What a user states of one sample beside its files: checked once, the same for an option, a call and a samplesheet."""

import datetime
import re
from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import TypedDict

from mdm2screen.decision import PriorTreatment, Role
from mdm2screen.errors import UsageError
from mdm2screen.numerals import parsed
from mdm2screen.readers.contract import CnScale
from mdm2screen.records import Build, FishResult, Source, Specimen

WHOLE_ASSAYS = ("wgs", "wes")
"""Assays that are declared by a word; any other is the path of a target BED."""

# As many signals as copies are thought possible (see the readers); more are no count.
MOST_SIGNALS = 1000.0
MOST_PLOIDY = 20.0
_EXAMPLES = {
    "purity": "a fraction above 0 and at most 1, such as 0.6",
    "ploidy": "mean copies, such as 2.1",
    "fish_ratio": "the ratio of MDM2 to CEP12 signals, such as 6.5",
    "fish_copies": "the mean of MDM2 signals per tumor nucleus, such as 14.2",
}
_DATE = "a date as YYYY-MM-DD, such as 2022-05-17"

StrPath = str | PathLike[str]


class SampleOptions(TypedDict, total=False):
    """Keyword arguments of ``screen`` and ``read_sample`` that speak of one sample.

    ``cn`` and ``coverage`` (depth over TP53: gVCF, mosdepth, BAM ...) are read by content like all files. ``reference``
    is the FASTA that a CRAM needs. ``assay`` is ``"wgs"``, ``"wes"`` or a target BED. ``tp53_classes`` are tables of
    classes of TP53 variants: a laboratory's own, the NCI TP53 Database's, a ClinVar VCF. ``diagnosis`` is an OncoTree
    code. ``purity`` is a fraction, ``ploidy`` the mean copies of a tumor cell; both go before what files state.
    ``fish_ratio`` (MDM2/CEP12) and ``fish_copies`` (mean MDM2 signals per tumor nucleus) are a FISH result.
    ``specimen`` is ``"tissue"`` or ``"plasma"``; without it files are read as of tissue. ``collected`` is the day the
    sample was taken, ``YYYY-MM-DD``. ``assume_sorted`` (true or ``"yes"``) lets a VCF without index be read by
    bisection; where that finds no TP53 variant that decides, all is read after all.
    """

    cn: StrPath | Iterable[StrPath]
    assay: StrPath | None
    tp53_classes: StrPath | Iterable[StrPath]
    diagnosis: str | None
    build: Build | str | None
    purity: float | str | None
    ploidy: float | str | None
    fish_ratio: float | str | None
    fish_copies: float | str | None
    tumor_sample: str | None
    cn_sample: str | None
    cn_scale: CnScale | str | None
    specimen: Specimen | str | None
    coverage: StrPath | Iterable[StrPath]
    reference: StrPath | None
    assume_sorted: bool | str | None
    collected: datetime.date | str | None


def listed(files: StrPath | Iterable[StrPath]) -> list[Path]:
    """One path or many as a list."""
    return [Path(files)] if isinstance(files, (str, PathLike)) else [Path(file) for file in files]


def whole_assay(assay: StrPath | None) -> str | None:
    """``wgs`` or ``wes``; ``None`` for a path. Raises UsageError for a word that is neither."""
    if assay is None:
        return None
    word = str(assay).lower()
    if word in WHOLE_ASSAYS:
        return word
    if re.fullmatch(r"\w+", word) and not Path(assay).exists():
        raise UsageError(
            f"--assay {assay} is neither wgs, wes nor a file",
            remedy="pass wgs, wes or the BED of the panel's targets",
        )
    return None


def build(given: Build | str | None) -> Build | None:
    """A genome build by any of its names. Raises UsageError."""
    names = {"hg19": Build.GRCH37, "hg38": Build.GRCH38, **{b.lower(): b for b in Build}}
    if given is None:
        return None
    found = names.get(str(given).lower())
    if found is None:
        raise UsageError(f"--build {given} is not known", remedy="pass GRCh37 (hg19) or GRCh38 (hg38)")
    return found


def scale(given: CnScale | str | None) -> CnScale | None:
    """The scale of a copy-number table. Raises UsageError."""
    try:
        return None if given is None else CnScale(given)
    except ValueError:
        known = ", ".join(CnScale)
        raise UsageError(f"--cn-scale {given} is not known", remedy=f"pass one of {known}") from None


def specimen(given: Specimen | str | None) -> Specimen | None:
    """What the DNA was taken from. Raises UsageError."""
    try:
        return None if given is None else Specimen(str(given).lower())
    except ValueError:
        known = " or ".join(Specimen)
        raise UsageError(f"--specimen {given} is not known", remedy=f"pass {known}") from None


def role(given: Role | str) -> Role:
    """Whose laboratory tested. Raises UsageError."""
    try:
        return Role(str(given).lower())
    except ValueError:
        raise UsageError(f"the role {given} is not known", remedy=f"pass {' or '.join(Role)}") from None


def stated(name: str, value: float | str | None, *, highest: float) -> float | None:
    """A number above zero as the user states it. Raises UsageError."""
    if value is None:
        return None
    text = str(value)
    try:
        number = parsed(text)
    except ValueError:
        number = float("nan")
    if not 0 < number <= highest:
        is_percent = name == "purity" and (number > 1 or text.rstrip().endswith("%"))
        percent = " (a percentage? 60 percent is written 0.6)" if is_percent else ""
        raise UsageError(
            f"--{name.replace('_', '-')} {value} cannot be used{percent}", remedy=f"pass {_EXAMPLES[name]}"
        )
    return number


def fish(ratio: float | str | None, copies: float | str | None) -> FishResult | None:
    """FISH as the user states it. Raises UsageError."""
    given = {
        "ratio": stated("fish_ratio", ratio, highest=MOST_SIGNALS),
        "copies": stated("fish_copies", copies, highest=MOST_SIGNALS),
    }
    if set(given.values()) == {None}:
        return None
    return FishResult(**given, source=Source(file="options"))


def yes_or_no(name: str, given: bool | str | None) -> bool:
    """A choice, no if not given. Raises UsageError."""
    if given is None or isinstance(given, bool):
        return bool(given)
    word = given.lower()
    if word not in ("yes", "no"):
        raise UsageError(f"--{name.replace('_', '-')} {given} is neither yes nor no", remedy="pass yes or no")
    return word == "yes"


def patient(given: str | None) -> str | None:
    """The identifier of a patient as given. Raises UsageError for one of blanks alone."""
    if given is not None and not given.strip():
        raise UsageError("--patient is empty", remedy="pass the patient's identifier, or leave the option out")
    return given


def day(name: str, given: datetime.date | str | None) -> datetime.date | None:
    """A calendar day in ISO 8601. Raises UsageError."""
    if given is None or isinstance(given, datetime.date):
        return given
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", given):
            raise ValueError
        return datetime.date.fromisoformat(given)
    except ValueError:
        raise UsageError(f"--{name} {given} is no date", remedy=f"pass {_DATE}") from None


def prior_treatment(given: PriorTreatment | datetime.date | str | None) -> PriorTreatment | None:
    """Earlier treatment with an MDM2 inhibitor: its first day, ``yes`` or ``no``. Raises UsageError."""
    if given is None or isinstance(given, PriorTreatment):
        return given
    word = str(given).lower()
    if word in ("yes", "no"):
        return PriorTreatment(given=word == "yes")
    try:
        return PriorTreatment(given=True, since=day("mdm2-inhibitor", given))
    except UsageError:
        what = f"--mdm2-inhibitor {given} is neither a date, yes nor no"
        raise UsageError(what, remedy=f"pass its first day, {_DATE}; yes or no where the day is not known") from None
