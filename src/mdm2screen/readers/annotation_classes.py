"""Classes of a variant that an annotation carries: ClinVar's significance and OncoKB's oncogenicity, in any dialect.

A field is known by its name, whatever stands before it (``CLNSIG``, ``ClinVar_CLNSIG``, ``ClinVar_VCF_CLNSIG``).
Sources: ClinVar's VCF and its 2017 numbers, VEP CLIN_SIG, OncoKB annotator ONCOGENIC and MUTATION_EFFECT.
"""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from mdm2screen.readers.annotation_line import Said, stated
from mdm2screen.records import ClassRecord, Significance, Source

_P, _LP, _U = Significance.PATHOGENIC, Significance.LIKELY_PATHOGENIC, Significance.UNCERTAIN
_LB, _B, _C = Significance.LIKELY_BENIGN, Significance.BENIGN, Significance.CONFLICTING

_CLINVAR = {
    "pathogenic": _P,
    "likely_pathogenic": _LP,
    "oncogenic": _P,
    "likely_oncogenic": _LP,
    "uncertain_significance": _U,
    "uncertain_risk_allele": _U,
    "likely_benign": _LB,
    "benign": _B,
    "conflicting_interpretations_of_pathogenicity": _C,
    "conflicting_classifications_of_pathogenicity": _C,
    "conflicting_classifications_of_oncogenicity": _C,
    "conflicting_data_from_submitters": _C,
    "5": _P,
    "4": _LP,
    "0": _U,
    "3": _LB,
    "2": _B,
}
# Words of ClinVar that classify for another question than whether the variant is pathogenic.
_NO_CLASS = {
    "not_provided",
    "not_specified",
    "drug_response",
    "other",
    "risk_factor",
    "association",
    "association_not_found",
    "protective",
    "affects",
    "confers_sensitivity",
    "established_risk_allele",
    "likely_risk_allele",
    "low_penetrance",
    "no_classification_for_the_single_variant",
    "no_classifications_from_unflagged_records",
    "no_interpretation_for_the_single_variant",
    *("1", "6", "7", "255"),  # not provided, drug response, histocompatibility, other
}
_ONCOKB = {
    "oncogenic": _P,
    "likely_oncogenic": _LP,
    "predicted_oncogenic": _LP,
    "likely_neutral": _LB,
    "neutral": _B,
    "inconclusive": _U,
    "loss-of-function": _P,
    "likely_loss-of-function": _LP,
    "switch-of-function": _P,
    "likely_switch-of-function": _LP,
    "gain-of-function": _P,
    "likely_gain-of-function": _LP,
}
_ONCOKB_NO_CLASS = {"unknown", "resistance"}
_BENIGN, _PATHOGENIC = frozenset({_B, _LB}), frozenset({_P, _LP})
_NAMED = re.compile(
    r"(?:.*[_.])?(?P<clinvar>CLNSIG|CLINSIG|CLIN_SIG)|(?:clinvar.*[_.])?(?P<onc>ONC)"
    r"|(?:oncokb[_.])?(?P<oncokb>ONCOGENIC|MUTATION_EFFECT)",
    re.IGNORECASE,
)
_ORIGINS = {"CLIN_SIG": "ClinVar (CLIN_SIG)", "ONC": "ClinVar (oncogenicity)"}


def joined(significances: Iterable[Significance]) -> Significance | None:
    """One class of several: the less certain of one side, conflicting where sides differ; ``None`` of none."""
    seen = set(significances)
    if not seen:
        return None
    sides = [bool(seen & _PATHOGENIC), bool(seen & _BENIGN), _U in seen]
    if _C in seen or sum(sides) > 1:
        return _C
    return next(one for one in (_LP, _LB, _P, _B, _U) if one in seen)


def classes_of(fields: Mapping[str, str], source: Source) -> Said:
    """What the fields that stand for one allele say of its class."""
    said = Said()
    oncokb: dict[str, str] = {}
    for name, raw in fields.items():
        match = _NAMED.fullmatch(name)
        text = stated(_decoded(raw))
        if match is None or text is None:
            continue
        if match["oncokb"]:
            oncokb[match["oncokb"].upper()] = text
            continue
        kind = (match["clinvar"] or match["onc"]).upper()
        before = name[: len(name) - len(kind)]
        beside = (f"{name}CONF", f"{before}{'ONC' if match['onc'] else 'CLN'}REVSTAT")
        details = [_decoded(fields[key]) for key in beside if key in fields]
        said += clinvar(text, details, source, _ORIGINS.get(kind, "ClinVar"))
    if oncokb:
        said += _oncokb(oncokb, source)
    return said


def of_allele(fields: Mapping[str, str], number: int, count: int, source: Source) -> Said:
    """What INFO fields of a line with ``count`` ALT alleles say of the class of allele ``number``."""
    if count == 1:
        return classes_of(fields, source)
    own, said = {}, Said()
    for name, text in fields.items():
        parts = re.split(r",(?!_)", text)  # a comma before an underscore stands within ClinVar's words
        if len(parts) == count:
            own[name] = parts[number - 1]
        elif _NAMED.fullmatch(name) and stated(text):
            said.unread.append(f"{name} does not say which of {count} alleles it is of")
    said += classes_of(own, source)
    return said


def clinvar(text: str, details: Iterable[str], source: Source, origin: str = "ClinVar") -> Said:
    """The class of a ClinVar significance such as ``Pathogenic/Likely_pathogenic|drug_response``."""
    whole = re.sub(r",[ _]*low[ _]penetrance", "", text, flags=re.IGNORECASE)
    words = [_word(part) for part in re.split(r"[/|,&;]", whole)]
    return _said(words, _CLINVAR, _NO_CLASS, source, origin, [text, *(d for d in details if stated(d))])


def _oncokb(fields: Mapping[str, str], source: Source) -> Said:
    words = [_word(text) for text in fields.values()]
    return _said(words, _ONCOKB, _ONCOKB_NO_CLASS, source, "OncoKB", fields.values())


def _said(
    words: Iterable[str],
    known: Mapping[str, Significance],
    silent: set[str],
    source: Source,
    origin: str,
    details: Iterable[str],
) -> Said:
    words, details = [word for word in words if word], list(details)
    strange = [word for word in words if word not in known and word not in silent]
    if strange:  # half of a statement could turn it round
        return Said(unread=[f"{origin} says {' '.join(strange)!r}, which is no class it is known to give"])
    significance = joined(known[word] for word in words if word in known)
    if significance is None:
        return Said()
    text = "; ".join(dict.fromkeys(details))
    return Said(classes=[ClassRecord(origin=origin, significance=significance, words=text, source=source)])


def _word(text: str) -> str:
    return re.sub(r"[\s_]+", "_", text.strip().lower()).strip("_")


def _decoded(text: str) -> str:
    """Escapes of VCF (``%2C``), ANNOVAR (``\\x2c``) and Funcotator (``_%2C_``) undone."""
    text = re.sub(r"_(%[0-9A-Fa-f]{2})_", r"\1", text)
    return unquote(re.sub(r"\\x([0-9a-fA-F]{2})", r"%\1", text))
