"""Functional classes of TP53 protein changes as the NCI TP53 Database downloads them (CSV, release R21 and its like).

Read are the tables with a row per variant (MutationView, TumorVariantDownload, GermlineDownload ...; columns
``ProtDescription``, ``TransactivationClass``, ``DNE_LOFclass``) and the promoter activities of FunctionIshiokaDownload.
Documented in the site's help page: transactivation (Kato et al. 2003) is the median of eight promoters in percent of
wild-type, up to 20 non-functional, to 75 partially functional, to 140 functional, above it supertrans. DNE_LOF
(Giacomelli et al. 2018) joins dominant negative effect and loss of function. Descriptions are on NM_000546.5, which has
the same coding sequence.

Function is evidence, no clinical class. Only where both assays agree is a class taken from it, after the rule of the
ClinGen TP53 expert panel, version 1 (PS3: non-functional and DNE_LOF; BS3: functional or supertrans and neither), and
never more than "likely". One assay alone, or two that do not agree, is uncertain and shown. Protein changes are
tested without introns: a class from here says nothing of splicing.
"""

from collections.abc import Callable
from statistics import median

from mdm2screen import hgvs
from mdm2screen.readers import class_rows
from mdm2screen.readers.contract import Format, Gathering, Head, Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import MISSING, Row
from mdm2screen.records import ClassRecord, FileContent, Significance

FORMAT = Format(
    name="tp53-classes-nci",
    title="NCI TP53 Database table",
    answers="--tp53-classes: functional classes of TP53 protein changes (transactivation, dominant negative effect)",
    silence="a protein change that is not in the table was not assayed",
    documented="tp53.cancer.gov, help page and downloads of release R21",
)

ORIGIN = "NCI TP53 Database"
_PROTEIN, _TRANSACTIVATION, _DNE_LOF = "protdescription", "transactivationclass", "dne_lofclass"
_PROMOTERS = ("waf1nwt", "mdm2nwt", "baxnwt", "h1433snwt", "aip1nwt", "gadd45nwt", "noxanwt", "p53r2nwt")
_LOST, _PARTIAL, _KEPT, _MORE = "non-functional", "partially functional", "functional", "supertrans"
# Upper ends of the classes, percent of wild-type activity (NCI TP53 Database, help page).
_ENDS = ((20.0, _LOST), (75.0, _PARTIAL), (140.0, _KEPT))
_NEGATIVE, _NEITHER = "DNE_LOF", "notDNE_notLOF"
_DNE_CLASSES = frozenset({_NEGATIVE, "notDNE_LOF", _NEITHER, "unclass", ""})


def sniff(head: Head) -> bool:
    """Protein description beside a functional class, or beside the eight promoters."""
    names = set(class_rows.columns(head))
    return _PROTEIN in names and (_TRANSACTIVATION in names or set(_PROMOTERS) <= names)


def read(file: SourceFile, options: Options) -> FileContent:
    """Each protein change once. Raises InputError with the line of a functional class that is none."""
    gathering = Gathering(file, options, FORMAT)
    seen: set[tuple[str, str]] = set()
    for row in class_rows.rows(file):
        gathering.total = (gathering.total or 0) + 1
        functional = _by_class if _TRANSACTIVATION in row.fields else _by_promoters
        _gather(row, functional, seen, gathering)
    return class_rows.finished(gathering)


def _gather(
    row: Row,
    functional: Callable[[Row], tuple[Significance, str] | None],
    seen: set[tuple[str, str]],
    gathering: Gathering,
) -> None:
    found = functional(row)
    if found is None:
        class_rows.drop(gathering, row, "no functional class")
        return
    try:
        protein = hgvs.protein(row.text(_PROTEIN))
    except hgvs.UnusableChangeError:
        class_rows.drop(gathering, row, "names no protein change of NP_000537")
        return
    if protein is None:
        class_rows.drop(gathering, row, "its protein change is not known")
        return
    significance, words = found
    if (protein, words) in seen:
        class_rows.drop(gathering, row, "says the same as an earlier row")
        return
    seen.add((protein, words))
    source = gathering.file.source(row.line, protein)
    gathering.classes.append(
        ClassRecord(origin=ORIGIN, significance=significance, words=words, source=source, hgvs_p=protein)
    )


def _by_class(row: Row) -> tuple[Significance, str] | None:
    transactivation = _token(row, _TRANSACTIVATION).lower().replace("_", " ")
    if transactivation not in {"", _LOST, _PARTIAL, _KEPT, _MORE}:
        raise row.fault(_TRANSACTIVATION, "is no class of transactivation")
    dne_lof = _token(row, _DNE_LOF).rstrip(".")
    if dne_lof not in _DNE_CLASSES:
        raise row.fault(_DNE_LOF, "is no class of dominant negative effect and loss of function")
    assays = [f"transactivation {transactivation}"] if transactivation else []
    assays += [dne_lof] if dne_lof not in ("", "unclass") else []
    if not assays:
        return None
    words = ", ".join(assays)
    if transactivation == _LOST and dne_lof == _NEGATIVE:
        return Significance.LIKELY_PATHOGENIC, words
    if transactivation in (_KEPT, _MORE) and dne_lof == _NEITHER:
        return Significance.LIKELY_BENIGN, words
    return Significance.UNCERTAIN, f"{words} (not enough for a class)"


def _by_promoters(row: Row) -> tuple[Significance, str] | None:
    activities = [value for value in map(row.number, _PROMOTERS) if value is not None]
    if len(activities) < len(_PROMOTERS):
        return None
    middle = median(activities)
    name = next((name for end, name in _ENDS if middle <= end), _MORE)
    words = f"transactivation {name}, median {middle:.3g}% of wild-type over 8 promoters (not enough for a class)"
    return Significance.UNCERTAIN, words


def _token(row: Row, column: str) -> str:
    text = row.text(column)
    return "" if text in MISSING else text
