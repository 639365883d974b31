"""PURPLE and LINX driver catalogues."""

from typing import Any

import pytest
from cn_files import MADE, made, read_path, read_text, table

import evidence_builder as eb
from mdm2screen.errors import MalformedFileError
from mdm2screen.evidence import gather
from mdm2screen.readers.contract import Options
from mdm2screen.records import FileContent, Scale
from mdm2screen.results import Call, Status

HEADER = "chromosome|chromosomeBand|gene|driver|category|likelihoodMethod|driverLikelihood|minCopyNumber|maxCopyNumber"
BARE = "chromosome|chromosomeBand|gene|driver|category|likelihoodMethod|driverLikelihood"


def tp53(driver: str, lowest: str = "1.9", likelihood: str = "1") -> FileContent:
    row = f"17|p13.1|TP53|{driver}|TSG|NONE|{likelihood}|{lowest}|2.1"
    return read_text(table(HEADER, row), Options())


def calls(content: FileContent, **more: Any) -> tuple[Call, Call]:
    small = eb.content("small.vcf", format="vcf", small_variants=True)
    evidence = gather([content, small], assay="wgs", **more)
    mdm2, wild_type = eb.protocol().local[:2]
    return mdm2.evaluate(evidence), wild_type.evaluate(evidence)


def codes(call: Call) -> list[str]:
    return [reason.code for reason in call.reasons]


def test_the_numbers_of_the_canonical_rows_count_on_any_build() -> None:
    content = read_path(MADE / "TUMOR_1.driver.catalog.somatic.tsv", Options())
    assert [(s.gene, s.value, s.highest) for s in content.segments] == [("MDM2", 17.4, 18.1), ("TP53", 0.08, 2.01)]
    assert content.file.build is None
    assert content.file.records.dropped == {"not the canonical transcript": 1}
    mdm2, wild_type = calls(content)
    assert mdm2.status is Status.MET
    assert (wild_type.status, codes(wild_type)) == (Status.NOT_MET, ["T015"])


@pytest.mark.parametrize("driver", ["HOM_DEL_DISRUPTION", "HOM_DUP_DISRUPTION"])
def test_a_gene_disrupted_on_every_copy_is_not_wild_type(driver: str) -> None:
    _, wild_type = calls(tp53(driver))
    assert (wild_type.status, codes(wild_type)) == (Status.NOT_MET, ["T029"])
    assert f"every copy of TP53 is disrupted ({driver}, likelihood 1)" in wild_type.reasons[0].message
    assert wild_type.tp53 is not None
    assert wild_type.tp53.variants[0].locus == "TP53"


@pytest.mark.parametrize("driver", ["MUTATION", "DISRUPTION", "GERMLINE_MUTATION", "GERMLINE_DELETION", "WORD"])
def test_a_driver_whose_variant_the_row_does_not_state_is_reviewed(driver: str) -> None:
    content = tp53(driver, likelihood="0.62")
    _, wild_type = calls(content)
    assert (wild_type.status, codes(wild_type)) == (Status.INDETERMINATE, ["T034"])
    assert f"{driver}, likelihood 0.62" in wild_type.reasons[0].message
    assert (content.variants[0].germline is not None) == driver.startswith("GERMLINE")


@pytest.mark.parametrize(("lowest", "expected"), [("0.49", ["T015"]), ("0.5", ["T001"]), ("-0.02", ["T015"])])
def test_of_a_deletion_the_number_counts_and_never_the_word(lowest: str, expected: list[str]) -> None:
    assert codes(calls(tp53("DEL", lowest))[1]) == expected


def test_an_amp_is_a_candidate_until_its_number_says_more() -> None:
    row = "12|q15|MDM2|AMP|ONCO|AMP|0|7.1|7.9"
    mdm2, _ = calls(read_text(table(HEADER, row), Options()))
    assert mdm2.status is Status.NOT_MET


def test_an_old_catalogue_without_numbers_gives_labels() -> None:
    rows = "12|q15|MDM2|AMP|ONCO|AMP|1", "17|p13.1|TP53|DEL|TSG|DEL|1"
    content = read_text(table(BARE, *rows), Options())
    assert {(s.label, s.scale, s.value) for s in content.segments} == {
        ("AMP", Scale.LABEL, None),
        ("DEL", Scale.LABEL, None),
    }
    mdm2, wild_type = calls(content)
    assert (codes(mdm2), codes(wild_type)) == (["M008"], ["T016"])


def test_a_gene_without_a_row_is_neither_neutral_nor_wild_type() -> None:
    content = read_text(table(HEADER, "9|p21|CDKN2A|DEL|TSG|DEL|1|0|0"), Options())
    assert (content.segments, content.variants, content.copy_number) == ((), (), False)
    assert content.file.records.total == 1
    mdm2, _ = calls(content)
    assert codes(mdm2) == ["M006"]


def test_a_decimal_comma_is_named() -> None:
    with pytest.raises(MalformedFileError, match="mincopynumber is '17,4000'"):
        read_text(made("TUMOR_1.driver.catalog.somatic.tsv").replace("17.4000", "17,4000"))
