"""Exactly one reader claims a file; formats without a reader are claimed by none."""

from pathlib import Path

import pytest
from cn_files import MADE, TABLES, table

import vcf_builder as vb
from mdm2screen.errors import UnknownFormatError
from mdm2screen.readers import READERS, _module, names_itself_vcf, recognise
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
    "TUMOR_1.purityploidy.txt": "ascat-purity",
    "TUMOR_1.copynumber.caveman.csv": "ascat-caveman",
    "TUMOR_1_purity_ploidy.txt": "battenberg-purity",
    "TUMOR_1_rho_and_psi.txt": "battenberg-purity",
    "TUMOR_1_confints_CP.txt": "sequenza-purity",
    "TUMOR_1_alternative_solutions.txt": "sequenza-purity",
    "TUMOR_1.purecn.csv": "purecn-purity",
    "TUMOR_1_genes.csv": "purecn-genes",
    "TUMOR_1_loh.csv": "purecn-segments",
    "TUMOR_1.bam_CNVs": "freec-cnvs",
    "TUMOR_1.bam_ratio.txt": "freec-ratio",
    "TUMOR_1.bam_info.txt": "freec-info",
    "TUMOR_1.cnr": "cnvkit-bins",
    "TUMOR_1.funcotated.gene_list.tsv": "gatk-gene-segments",
    "TUMOR_1.facets.txt": "facets-fit",
    "TUMOR_1.facets.qc.txt": "facets-fit",
    "TUMOR_1_hisens.out": "facets-fit",
    "TUMOR_1.titan.params.txt": "titan-params",
    "TUMOR_1.cna.seg": "ichorcna-segments",
    "TUMOR_1.ichor.params.txt": "ichorcna-params",
    "TUMOR_1.qdnaseq.igv": "qdnaseq",
    "TUMOR_1_gene_list.tsv": "amplicon-genes",
    "gdc_gene_level.tsv": "gdc-genes",
    "depmap_segments.csv": "depmap-segments",
    "depmap_genes.csv": "depmap-genes",
    "gistic_all_data_by_genes.txt": "gistic",
    "gistic_all_thresholded.by_genes.txt": "gistic",
    "data_cna.txt": "cbioportal-cna",
    "data_log2_cna.txt": "cbioportal-cna",
    "data_cna_long.txt": "cbioportal-cna",
}
REAL_FILES = {
    "ascat_A32_prostate.segments.txt": "ascat-segments",
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
    "pcgr_T001-BRCA.grch37.cna.tsv": "pcgr-cna",
    "pcgr_T001-COAD.grch38.cna.tsv": "pcgr-cna",
    "purecn_example.seg": "dnacopy-seg",
    "purple_v2.16_CUP.purple.cnv": "purple-somatic",
    "purple_v2.16_CUP.purple.purity": "purple-purity",
    "tso500_Horizon.cnv.fc.txt": "tso500-fold-change",
}
FOREIGN_HEADERS = (
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


def test_no_other_reader_claims_what_names_itself_a_vcf(tmp_path: Path) -> None:
    """So that the others need not be asked."""
    real = sorted(path for path in shared("vcf").rglob("*") if path.name.endswith((".vcf", ".vcf.gz", ".bcf")))
    assert len(real) > 5
    for path in (vb.vcf(tmp_path / "made.vcf"), *real):
        head = Head(path.name, SourceFile(path).head())
        assert names_itself_vcf(head), path.name
        assert [name for name in READERS if _module(name).sniff(head)] == ["vcf"], path.name
