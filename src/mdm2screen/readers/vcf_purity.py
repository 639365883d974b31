"""Purity and ploidy that the header of a copy-number VCF states, and whether its copies already hold them.

DRAGEN writes ``##EstimatedTumorPurity`` and ``##OverallPloidy`` of the model it chose (``##ModelSource``; DRAGEN user
guide, CNV output); a weak model, or none, measured nothing. Ion Reporter writes the cellularity a lab typed in
(``##CellularityAsAFractionBetween0-1``); 1 is its default and means that none was. Canvas writes DRAGEN's two lines
without a model, cnv_facets ``##purity`` and ``##ploidy``. Copies that hold a purity are tagged as corrected by
``vcf_cn_dialects``, so that it never corrects them again; it serves other files of the tumor.
"""

from mdm2screen.errors import MalformedFileError
from mdm2screen.numerals import parsed
from mdm2screen.readers import oncomine
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import MISSING
from mdm2screen.readers.vcf_header import VcfHeader
from mdm2screen.records import PurityRecord, Source

# DRAGEN models whose CN is not tumor copies (DRAGEN user guide, CNV output, ##ModelSource).
_DRAGEN_WEAK_MODELS = frozenset({"DEPTH+BAF_WEAK", "SAMPLE_MEDIAN", "DEGENERATE_DIPLOID"})
_MODEL, _PURITY, _PLOIDY = "modelsource", "estimatedtumorpurity", "overallploidy"


def dragen_model_holds(header: VcfHeader) -> bool:
    """Whether DRAGEN found a model with a purity that its copies can be trusted under."""
    model = header.meta.get(_MODEL)
    return model is not None and model not in _DRAGEN_WEAK_MODELS and header.meta.get(_PURITY, "NA") not in MISSING


def canvas_states_purity(header: VcfHeader) -> bool:
    """Whether Canvas estimated a purity, as it does for a tumor."""
    return header.meta.get("source", "").startswith("Canvas") and header.meta.get(_PURITY, "NA") not in MISSING


def stated_purities(header: VcfHeader) -> list[PurityRecord]:
    """What the header states of the sample. Raises MalformedFileError where a producer's numbers are none."""
    found = []
    typed = oncomine.cellularity(header.meta)
    if typed is not None:
        found.append(PurityRecord(purity=typed, ploidy=None, source=_source(header, oncomine.CELLULARITY)))
    if dragen_model_holds(header) or canvas_states_purity(header):
        found.append(_fit(header, _PURITY, _PLOIDY))
    if header.declares("INFO", "TCN_EM") and header.meta.keys() & {"purity", "ploidy"}:
        found.append(_fit(header, "purity", "ploidy"))
    return found


def _fit(header: VcfHeader, purity_key: str, ploidy_key: str) -> PurityRecord:
    """Both numbers of a fit; a missing one is none."""
    purity, ploidy = (
        None if header.meta.get(key, "NA") in MISSING else _number(header, key, highest=highest)
        for key, highest in ((purity_key, 1.0), (ploidy_key, 100.0))
    )
    stated = purity_key if purity_key in header.meta else ploidy_key
    return PurityRecord(purity=purity, ploidy=ploidy, source=_source(header, stated))


def _number(header: VcfHeader, key: str, *, highest: float) -> float:
    token = header.meta[key]
    try:
        value = parsed(token)
    except ValueError:
        value = float("nan")
    if not 0 < value <= highest:
        what = "no fraction of tumor cells (above 0, up to 1)" if key.endswith("purity") else "no number of copies"
        raise MalformedFileError(
            f"the header line {key} is {token!r}, which is {what}",
            where=str(_source(header, key)),
            remedy="correct the line, or write the file again with the caller",
        )
    return value


def _source(header: VcfHeader, key: str) -> Source:
    """The line of the header that states ``key``, lower case."""
    file: SourceFile = header.file
    number = next((n for n, line in header.lines if line.lower().startswith(f"##{key}=")), None)
    return file.source(number)
