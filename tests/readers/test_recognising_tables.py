"""Exactly one reader claims a file; formats without a reader are claimed by none."""

from pathlib import Path

import pytest
from cn_files import MADE, TABLES, table

from mdm2screen.errors import UnknownFormatError
from mdm2screen.readers import READERS, _module, recognise
from mdm2screen.readers.contract import Head
from mdm2screen.readers.source_file import SourceFile
from shared_data import shared

EXPECTED = TABLES | {
    "TUMOR_1.af.igv.seg": "dnacopy-seg",
    "TUMOR_1.ratio.seg": "dnacopy-seg",
    "cohort.seg": "dnacopy-seg",
    "TUMOR_1.purple.purity.tsv": "purple-purity",
    "TUMOR_1.purple.purity": "purple-purity",
    "TUMOR_1.purple.qc": "purple-qc",
    "TUMOR_1.driver.catalog.somatic.tsv": "purple-drivers",
    "../sv/data_sv.txt": "cbioportal-sv",
    "TUMOR_1.contamination.table": "gatk-contamination",
}
REAL_FILES = {
    "ascat_A32_prostate.segments.txt": None,
    "cnvkit_TR_95_T.cns": "cnvkit-segments",
    "cnvkit_TR_95_T.segmetrics.cns": "cnvkit-segments",
    "cnvkit_amplicon.cns": "cnvkit-segments",
    "cnvkit_nv3.cns": "cnvkit-segments",
    "cnvkit_p2-9_2.call.cns": "cnvkit-segments",
    "cnvkit_p2-9_2.cns": "cnvkit-segments",
    "../cohort/nsclc_msk_pd1_2018/data_sv.txt": "cbioportal-sv",
    "dragen_cnv_HG002.cnv.vcf.gz": "vcf",
    "gatk4_modelFinal_example.seg.gz": "gatk-modelsegments",
    "gatk_SM-74NF5.called.seg": "gatk-segments",
    "pcgr_T001-BRCA.grch37.cna.tsv": None,
    "pcgr_T001-COAD.grch38.cna.tsv": None,
    "purecn_example.seg": "dnacopy-seg",
    "purple_v2.16_CUP.purple.cnv": "purple-somatic",
    "purple_v2.16_CUP.purple.purity": "purple-purity",
    "tso500_Horizon.cnv.fc.txt": "tso500-fold-change",
}
FOREIGN_HEADERS = (
    "sample|chr|startpos|endpos|nMajor|nMinor",
    "chr|startpos|endpos|nMaj1_A|nMin1_A|frac1_A|nMaj2_A|nMin2_A|frac2_A",
    "chromosome|start.pos|end.pos|Bf|N.BAF|sd.BAF|depth.ratio|N.ratio|sd.ratio|CNt|A|B|LPP",
    "Chromosome|Start|Ratio|MedianRatio|CopyNumber",
    "chromosome|start|end|gene|log2|depth|weight",
    "sample|chr|start|end|event|copy.number|bins|median",
    "ID|chrom|start|end|num.mark|seg.median.logR|copy.number|call|subclone.status",
    "SAMPLE_NAME|CHROMOSOME|START|STOP|DATAPOINTS|LOG2_RATIO_MEAN",
    "Sample|Chromosome|Start|End|Num_Targets|Segment_Mean|Segment_Name|Segment_Call|Qual|Filter|Copy_Number|Ploidy",
    "ProfileID|Chromosome|Start|End|NumProbes|SegmentMean|Status",
    "GDC_Aliquot|Chromosome|Start|End|Copy_Number|Major_Copy_Number|Minor_Copy_Number",
    "gene_id|gene_name|chromosome|start|end|copy_number|min_copy_number|max_copy_number",
    "gene|exon|segment_contig|segment_start|segment_end|segment_mean|segment_call|build|sample",
    "purity|normFactor|score|diploidProportion|ploidy|somaticPenalty",
    "Hugo_Symbol|Entrez_Gene_Id|TUMOR_1|TUMOR_2",
)


def claims(path: Path) -> list[str]:
    """Names of all formats whose reader claims the file."""
    head = Head(path.name, SourceFile(path).head())
    return [reader.FORMAT.name for reader in map(_module, READERS) if reader.sniff(head)]


def test_every_made_file_is_expected() -> None:
    assert {path.name for path in MADE.iterdir()} - {"README.md"} >= {
        Path(name).name for name in EXPECTED if not name.startswith("..")
    }


@pytest.mark.parametrize(("name", "expected"), EXPECTED.items())
def test_a_made_file_is_claimed_by_one_reader(name: str, expected: str) -> None:
    assert claims(MADE / name) == [expected]


@pytest.mark.parametrize(("name", "expected"), REAL_FILES.items())
def test_a_real_file_is_claimed_by_one_reader_or_none(name: str, expected: str | None) -> None:
    assert claims(shared(f"cn/{name}")) == ([expected] if expected else [])


@pytest.mark.parametrize("header", FOREIGN_HEADERS)
def test_a_table_without_a_reader_is_claimed_by_none(header: str, tmp_path: Path) -> None:
    path = tmp_path / "table.tsv"
    path.write_text(table(header))
    with pytest.raises(UnknownFormatError) as caught:
        recognise(SourceFile(path))
    assert caught.value.where == "table.tsv"
    assert caught.value.remedy == "see 'mdm2screen formats' for what can be read, and pass such a file"


def test_commas_between_columns_are_named(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("chromosome,start,end,gene,log2,probes\n12,1,2,MDM2,0.1,3\n")
    with pytest.raises(UnknownFormatError, match="separated by commas: write it with tabs"):
        recognise(SourceFile(path))


def test_a_table_is_known_by_its_content_and_not_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "patient.cns"
    path.write_bytes((MADE / "TUMOR_1.purple.cnv.gene.tsv").read_bytes())
    assert recognise(SourceFile(path)).FORMAT.name == "purple-gene"
