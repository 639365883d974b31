"""Copy-number files for the reader tests: those made for them, and real ones where they are at hand."""

import gzip
import tempfile
from pathlib import Path

from mdm2screen.readers import READERS, recognise
from mdm2screen.readers.contract import Options
from mdm2screen.readers.source_file import SourceFile
from mdm2screen.records import Build, FileContent, SegmentRecord

MADE = Path(__file__).parents[2] / "test_data" / "cn"
GRCH37 = Options(build=Build.GRCH37)

# What each made copy-number table is, and the options it needs.
TABLES = {
    "TUMOR_1.cns": "cnvkit-segments",
    "TUMOR_1.call.cns": "cnvkit-segments",
    "TUMOR_1.segmetrics.cns": "cnvkit-segments",
    "TUMOR_1.genemetrics.tsv": "cnvkit-genemetrics",
    "TUMOR_1.cr.seg": "gatk-segments",
    "TUMOR_1.called.seg": "gatk-segments",
    "TUMOR_1.modelFinal.seg": "gatk-modelsegments",
    "TUMOR_1.cr.igv.seg": "dnacopy-seg",
    "TUMOR_1.called.igv.seg": "dnacopy-seg",
    "dnacopy_by_R.seg": "dnacopy-seg",
    "gdc.seg.txt": "dnacopy-seg",
    "purecn_dnacopy.seg": "dnacopy-seg",
    "TUMOR_1.purple.cnv.gene.tsv": "purple-gene",
    "TUMOR_1.purple.cnv.somatic.tsv": "purple-somatic",
    "TUMOR_1.purple.cnv": "purple-somatic",
    "TUMOR_1.cncf.txt": "facets-cncf",
    "TUMOR_1_hisens.cncf.txt": "facets-cncf",
    "TUMOR_1.gene_level.txt": "facets-gene",
    "TUMOR_1.segments.txt": "ascat-segments",
    "TUMOR_1.segments_raw.txt": "ascat-segments",
    "TUMOR_1.ASCAT.scprofile.txt": "ascat-sc",
    "TUMOR_1.cna.tsv": "pcgr-cna",
    "TUMOR_1_copynumber.txt": "battenberg-segments",
    "TUMOR_1_subclones.txt": "battenberg-segments",
    "TUMOR_1_segments.txt": "sequenza-segments",
    "TUMOR_1.bam_CNVs.p.value.txt": "freec-cnvs",
    "TUMOR_1.titan.segs.txt": "titan-segments",
    "TUMOR_1.titan.ichor.segs.txt": "titan-segments",
    "TUMOR_1.ichor.seg": "ichorcna-segments",
    "TUMOR_1.ichor.seg.txt": "ichorcna-segments",
    "TUMOR_1.qdnaseq.seg": "qdnaseq",
    "gdc_ascat.seg.txt": "gdc-segments",
    "TUMOR_1.seg.called.merged": "dragen-segments",
}
COPY_NUMBER_READERS = tuple(name for name in READERS if name not in ("vcf", "bed"))


def made(name: str) -> str:
    """Text of a made file."""
    return (MADE / name).read_text(encoding="utf-8")


def read_path(path: Path, options: Options = GRCH37) -> FileContent:
    """A file through the one reader that recognises it."""
    file = SourceFile(path)
    return recognise(file, COPY_NUMBER_READERS).read(file, options)


def read_text(text: str | bytes, options: Options = GRCH37, *, name: str = "made.tsv") -> FileContent:
    """Text as a file of that name; packed where the name ends in ``.gz``."""
    content = text.encode() if isinstance(text, str) else text
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
        return read_path(path, options)


def table(*lines: str) -> str:
    """A tab-separated table from lines written with ``|``."""
    return "".join("\t".join(line.split("|")) + "\n" for line in lines)


def over(content: FileContent, gene: str) -> list[SegmentRecord]:
    """Segments of a gene, in the order of their place."""
    contig = {"MDM2": "12", "TP53": "17"}[gene]
    return sorted((s for s in content.segments if s.contig == contig), key=lambda s: s.start)


def values(content: FileContent, gene: str) -> list[float | None]:
    """Values over a gene, in the order of their place."""
    return [segment.value for segment in over(content, gene)]
