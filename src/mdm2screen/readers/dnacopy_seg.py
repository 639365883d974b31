"""Segment tables of one or many samples: DNAcopy (CBS), cBioPortal, TCGA, GDC, IGV, GATK ``.igv.seg``, PureCN.

Documented at https://docs.cbioportal.org/file-formats/#segmented-data and
https://docs.gdc.cancer.gov/Data/Bioinformatics_Pipelines/CNV_Pipeline/. 1-based closed; PureCN writes half
positions. The documented headers promise log2 ratios around the sample's own middle, not corrected for normal
cells, without ceiling. The promise is checked, because the same headers stand over other scales (GATK before
4.1.6: linear ratios; GATK's ``.af.igv.seg``: allele fractions): a log2 profile of a whole sample has negative
values. IGV takes any header, the last column being the value, so that nothing tells the scale: then the user
must. Nothing in the file tells the build.
"""

from mdm2screen.readers.contract import Absence, Format, Gathering, Head, Options
from mdm2screen.readers.copy_number_rows import Layout, is_wanted, rows_of_sample
from mdm2screen.readers.seg_scale import SegScale
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.readers.table import header
from mdm2screen.records import FileContent, SegmentRecord

FORMAT = Format(
    name="dnacopy-seg",
    title="segment table (DNAcopy/CBS, cBioPortal, TCGA/GDC, IGV .seg)",
    answers="copy number of both genes as log2 ratio, or in the scale stated by --cn-scale",
    cannot="copies of a tumor cell while purity and ploidy are not known, or its scale; TP53 mutations",
    silence="no probe of the assay lies there: not evidence of two copies",
    absence=Absence.NOT_ASSAYED,
    documented="https://docs.cbioportal.org/file-formats/#segmented-data",
    takes_scale=True,
)

_CBS = frozenset({"id", "chrom", "loc_start", "loc_end", "num_mark", "seg_mean"})
_TCGA = frozenset({"sample", "chromosome", "start", "end", "num_probes", "segment_mean"})
_GDC = _TCGA - {"sample"} | {"gdc_aliquot"}
_PROMISING_LOG2 = (_CBS, _CBS | {"c"}, _TCGA, _TCGA | {"call"}, _GDC, _GDC | {"call"})

_SAMPLE = ("id", "sample", "samplename", "sample_name", "sampleid", "sample_id", "gdc_aliquot")
_CONTIG = ("chrom", "chromosome", "chr")
_START, _END = ("loc_start", "start"), ("loc_end", "end")
_PROBES = ("num_mark", "num_probes", "numprobes", "num_markers", "markers", "probes", "nbrofloci")
_VALUE = ("seg_mean", "segment_mean")


def sniff(head: Head) -> bool:
    """Whether the header is a documented one, or sample, place, at most a number of probes, and one value."""
    names = _names(head.columns)
    if frozenset(names) in _PROMISING_LOG2:
        return True
    plain = len(names) == 5 or (len(names) == 6 and names[4] in _PROBES)
    return plain and all(n in known for n, known in zip(names, (_SAMPLE, _CONTIG, _START, _END), strict=False))


def read(file: SourceFile, options: Options) -> FileContent:
    """Segments of one sample over the genes. Raises InputError."""
    gathering = Gathering(file, options, FORMAT)
    names = _names(header(file))
    column = _one_of(names, _VALUE) or names[-1]
    promised = frozenset(names) in _PROMISING_LOG2
    scale = SegScale(file, column, promised=promised, stated=options.cn_scale)
    probes = _one_of(names, _PROBES)
    for row, place in rows_of_sample(gathering, _layout(names)):
        value = scale.value(row)
        if not is_wanted(gathering, place):
            continue
        copies = row.text("c")  # PureCN's own answer, shown beside the ratio that is used
        gathering.segments.append(
            SegmentRecord(
                **place._asdict(),
                value=value,
                scale=scale.scale,
                reference=scale.reference,
                purity_state=scale.purity_state,
                producer="segment table",
                label=row.text("call") or (f"C {copies}" if copies else None),
                probes=row.whole(probes) if probes else None,
                sample=gathering.sample,
            )
        )
    scale.check(gathering.sample)
    return gathering.finish(copy_number=True)


def _names(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Column names without that of R's row names, which is empty."""
    return tuple(name for name in columns if name)


def _one_of(names: tuple[str, ...], known: tuple[str, ...]) -> str:
    return next((name for name in names if name in known), "")


def _layout(names: tuple[str, ...]) -> Layout:
    contig, start, end = (_one_of(names, known) for known in (_CONTIG, _START, _END))
    return Layout(contig, start, end, sample=_one_of(names, _SAMPLE), half_positions=True)
