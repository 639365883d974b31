"""Decisions as a table of one line per patient: TSV for files, a pandas frame for notebooks."""

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from mdm2screen.decision import Decision
from mdm2screen.reports.plain_text import visible
from mdm2screen.results import Disposition, Interval, Mdm2Finding, Status, Tp53Variant

if TYPE_CHECKING:
    import pandas

Value = str | float | None

# A spreadsheet runs a cell that begins so (full-width forms included); a leading double quote would make
# table readers swallow the cells and lines after it.
_ACTIVE = re.compile(r"[\t\r]|\s*[=+\-@＝＋－＠\"]")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")


def _join(parts: Iterable[str]) -> str | None:
    return ";".join(dict.fromkeys(parts)) or None


def _status(decision: Decision, criterion: str) -> Status | None:
    return next((call.status for call in decision.calls if call.criterion == criterion), None)


def _variant_name(variant: Tp53Variant) -> str:
    return variant.hgvs_p or variant.hgvs_c or f"{variant.locus} {variant.ref}>{variant.alt}"


def _tp53_variants(decision: Decision) -> str | None:
    """Variants that take wild-type away or need review."""
    variants = decision.tp53.variants if decision.tp53 else ()
    return _join(_variant_name(v) for v in variants if v.counts is not Disposition.IGNORED)


def _tp53_callability(decision: Decision) -> str | None:
    """How it is known what the assay sees of TP53, and covered bases of all that matter."""
    if decision.tp53 is None:
        return None
    seen = decision.tp53.callability
    bases = "" if seen.covered is None else f" {seen.covered}/{seen.bases}"
    return f"{seen.exposure}{bases}"


def _reason_codes(decision: Decision) -> str | None:
    reasons = [reason for call in decision.calls for reason in call.reasons]
    return _join(reason.code for reason in [*decision.warnings, *reasons, *decision.central_confirmation.reasons])


def _mdm2(decision: Decision) -> Mdm2Finding:
    return decision.mdm2 or Mdm2Finding()


def _cdkn2a(decision: Decision) -> Interval | None:
    return next((one.interval for one in decision.genes if one.gene == "CDKN2A"), None)


def _cdkn2a_low(decision: Decision) -> float | None:
    interval = _cdkn2a(decision)
    return interval.low if interval else None


def _cdkn2a_high(decision: Decision) -> float | None:
    interval = _cdkn2a(decision)
    return interval.high if interval else None


def _mdm2_low(decision: Decision) -> float | None:
    interval = _mdm2(decision).interval
    return interval.low if interval else None


def _mdm2_high(decision: Decision) -> float | None:
    interval = _mdm2(decision).interval
    return interval.high if interval else None


def _mdm2_firmness(decision: Decision) -> str | None:
    firm = _mdm2(decision).robustness
    return firm.verdict if firm else None


def _mdm2_agreement(decision: Decision) -> str | None:
    found = _mdm2(decision).agreement
    return found.verdict if found else None


def _central_status(decision: Decision, criterion: str) -> Status | None:
    calls = decision.central_confirmation.calls
    return next((call.status for call in calls if call.criterion == criterion), None)


def _central_copies(decision: Decision) -> float | None:
    compared = decision.central_confirmation.criteria
    return next((one.central.copies for one in compared if one.criterion == "mdm2_amplification"), None)


_COLUMNS: dict[str, Callable[[Decision], Value]] = {
    "patient": lambda d: d.patient,
    "protocol": lambda d: d.protocol.id,
    "protocol_version": lambda d: d.protocol.version,
    "protocol_digest": lambda d: d.protocol.digest,
    "molecular": lambda d: d.molecular,
    "eligibility": lambda d: d.eligibility,
    "central_confirmation": lambda d: d.central_confirmation.status,
    "flags": lambda d: _join(d.central_confirmation.flags),
    "mdm2_status": lambda d: _status(d, "mdm2_amplification"),
    "mdm2_copies": lambda d: _mdm2(d).copies,
    "mdm2_copies_low": _mdm2_low,
    "mdm2_copies_high": _mdm2_high,
    "mdm2_fold": lambda d: _mdm2(d).fold,
    "mdm2_covered_fraction": lambda d: _mdm2(d).covered_fraction,
    "mdm2_firmness": _mdm2_firmness,
    "mdm2_agreement": _mdm2_agreement,
    "tp53_status": lambda d: _status(d, "tp53_wild_type"),
    "tp53_variants": _tp53_variants,
    "tp53_callability": _tp53_callability,
    "cdkn2a_status": lambda d: _status(d, "cdkn2a_loss"),
    "cdkn2a_copies_low": _cdkn2a_low,
    "cdkn2a_copies_high": _cdkn2a_high,
    "central_mdm2_status": lambda d: _central_status(d, "mdm2_amplification"),
    "central_mdm2_copies": _central_copies,
    "central_tp53_status": lambda d: _central_status(d, "tp53_wild_type"),
    "central_differs": lambda d: _join(c.criterion for c in d.central_confirmation.criteria if c.agreement == "differ"),
    "samples": lambda d: _join(f"{s.role}:{s.name}" for s in d.samples),
    "tumor_type": lambda d: d.tumor_type,
    "tumor_type_status": lambda d: _status(d, "tumor_type"),
    "reason_codes": _reason_codes,
    "inputs": lambda d: _join(f"{file.name}:{file.sha256}" for file in d.inputs),
    "build": lambda d: d.build,
    "software_version": lambda d: d.software.version,
    "schema_version": lambda d: d.schema_version,
}
_NUMBERS = (
    "central_mdm2_copies",
    "mdm2_copies",
    "mdm2_copies_low",
    "mdm2_copies_high",
    "mdm2_fold",
    "mdm2_covered_fraction",
    "cdkn2a_copies_low",
    "cdkn2a_copies_high",
)


def header() -> str:
    """Names of the columns, without line end."""
    return "\t".join(_COLUMNS)


def row(decision: Decision) -> str:
    """One patient, without line end."""
    return "\t".join(_cell(value) for value in _values(decision))


def render(decision: Decision) -> str:
    """Header and one patient."""
    return f"{header()}\n{row(decision)}\n"


def table_text(columns: Iterable[str], lines: Iterable[Iterable[Value]]) -> str:
    """Any table as TSV, its cells guarded like those of decisions."""
    body = ["\t".join(_cell(value) for value in line) for line in lines]
    return "\n".join(["\t".join(columns), *body]) + "\n"


def frame(decisions: Iterable[Decision]) -> "pandas.DataFrame":
    """The same columns as a frame: numbers as floats, all else as the plain text of the decision."""
    import pandas as pd  # heavy, and only notebooks need it

    rows = [_values(decision) for decision in decisions]
    table = pd.DataFrame(rows, columns=list(_COLUMNS), dtype=object)
    return table.astype(dict.fromkeys(_NUMBERS, "float64"))


def _values(decision: Decision) -> list[Value]:
    """In the order of the columns; words as plain ``str``, not as the enums of this package."""
    values = (column(decision) for column in _COLUMNS.values())
    return [str(value) if isinstance(value, str) else value for value in values]


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(value)
    guard = "'" if _ACTIVE.match(value) and not _NUMBER.fullmatch(value) else ""
    return guard + visible(value)
