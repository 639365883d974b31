"""GATK4 ModelSegments: ``.modelBegin.seg`` and ``.modelFinal.seg``.

Documented at https://gatk.broadinstitute.org/hc/en-us/articles/360035890011. As ``gatk_segments``, except that
the ratio is the median of the modelled posterior, ``LOG2_COPY_RATIO_POSTERIOR_50``, with its 10th and 90th percentiles
as limits.
"""

from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options
from mdm2screen.readers.gatk_segments import read_segments
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import FileContent

FORMAT = Format(
    name="gatk-modelsegments",
    title="GATK4 modelled segments (.modelBegin.seg, .modelFinal.seg)",
    answers="copy number of both genes as log2 ratio to the sample",
    cannot="copies of a tumor cell while purity and ploidy are not known; TP53 mutations",
    silence="no target of the assay lies there: not evidence of two copies",
    absence=Absence.NOT_ASSAYED,
    documented="https://gatk.broadinstitute.org/hc/en-us/articles/360035890011",
)

_RATIO = "log2_copy_ratio_posterior_50"
_LIMITS = ("log2_copy_ratio_posterior_10", "log2_copy_ratio_posterior_90")
_COLUMNS = frozenset({"contig", "start", "end", _RATIO})


def sniff(head: Head) -> bool:
    """Whether the header names the columns of modelled segments."""
    return set(head.columns) >= _COLUMNS


def read(file: SourceFile, options: Options) -> FileContent:
    """Segments over the genes. Raises InputError."""
    return read_segments(Gathering(file, options, FORMAT), _RATIO, _LIMITS)
