"""PureCN: tables between commas, its own doubts, genes over several segments."""

import pytest
from cn_files import MADE, made, over, read_path, read_text, values

from mdm2screen.errors import MalformedFileError


def test_purity_and_ploidy_with_a_flag_that_nobody_curated() -> None:
    content = read_path(MADE / "TUMOR_1.purecn.csv")
    (record,) = content.purities
    assert (record.purity, record.ploidy) == (0.55, 2.4)
    assert content.file.sample == "TUMOR_1"
    assert content.file.notes == ("PureCN flagged the fit and nobody curated it: NON-ABERRANT;LOW PURITY",)


def test_a_failed_fit_is_a_failed_sample_and_no_purity() -> None:
    content = read_text(made("TUMOR_1.purecn.csv").replace("TRUE,FALSE,FALSE", "TRUE,TRUE,FALSE"))
    assert content.purities == ()
    (verdict,) = content.qc
    assert (verdict.passed, verdict.status) == (False, "PureCN failed: NON-ABERRANT;LOW PURITY")


def test_a_comment_may_hold_a_comma() -> None:
    content = read_text(made("TUMOR_1.purecn.csv").replace(";LOW", ", LOW"))
    assert content.file.notes == ("PureCN flagged the fit and nobody curated it: NON-ABERRANT, LOW PURITY",)


def test_a_word_that_is_neither_true_nor_false_is_named() -> None:
    with pytest.raises(MalformedFileError, match="failed is 'maybe', which is neither TRUE nor FALSE"):
        read_text(made("TUMOR_1.purecn.csv").replace("TRUE,FALSE,FALSE", "TRUE,maybe,FALSE"))


def test_copies_of_a_gene_with_purecns_label() -> None:
    (segment,) = over(read_path(MADE / "TUMOR_1_genes.csv"), "MDM2")
    assert (segment.value, segment.label, segment.gene, segment.probes) == (13, "AMPLIFICATION", "MDM2", 12)


@pytest.mark.parametrize(
    ("before", "after"), [("33,33,33", "33,33,34"), ('TRUE,0,"AMPLIFICATION"', 'TRUE,1,"AMPLIFICATION"')]
)
def test_a_gene_on_several_segments_has_no_number(before: str, after: str) -> None:
    content = read_text(made("TUMOR_1_genes.csv").replace(before, after))
    assert values(content, "MDM2") == [None]
    assert content.file.notes == ("MDM2: lies on several segments, C is that of one (line 3)",)


def test_segments_with_the_minor_allele() -> None:
    content = read_path(MADE / "TUMOR_1_loh.csv")
    assert values(content, "MDM2") == [13]
    (segment,) = over(content, "TP53")
    assert (segment.value, segment.minor, segment.label) == (1, 0, "LOH")
