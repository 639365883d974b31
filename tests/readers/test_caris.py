"""Caris XML and JSON: words and numbers, results that were not reached, and variants by name."""

import pytest
from vendor_files import changed, of, one, read_made, read_text, said

from mdm2screen.errors import MalformedFileError
from mdm2screen.readers.contract import Options
from mdm2screen.records import Build, FileContent, PurityState, Reference, Scale

JSON, XML = "TUMOR_1.caris.json", "TUMOR_1.caris.xml"
BOTH = pytest.mark.parametrize("name", [JSON, XML])
OBSERVED = (Scale.OBSERVED_COPIES, Reference.UNKNOWN, PurityState.UNKNOWN, False)


def with_result(name: str, result: str, copies: str | None = "14.6") -> FileContent:
    """The made report with another result of MDM2."""
    old, new = ('"copyNumber": "14.6"', "") if name == JSON else ("<copyNumber>14.6</copyNumber>", "")
    if name == JSON:
        new = '"x": ""' if copies is None else f'"copyNumber": "{copies}"'
        words = ('"result": "Amplified"', f'"result": "{result}"')
    else:
        new = "" if copies is None else f"<copyNumber>{copies}</copyNumber>"
        words = ("<result>Amplified</result>", f"<result>{result}</result>")
    return read_text(changed(name, (old, new), words))


@BOTH
def test_copy_number_is_read_as_corrected_and_as_not(name: str) -> None:
    segment = one(read_made(name))
    assert said(segment) == (14.6, *OBSERVED)
    assert segment.label == "Amplified"


@BOTH
@pytest.mark.parametrize("build", Build)
def test_its_coordinates_decide_nothing(name: str, build: Build) -> None:
    """They are of GRCh37 while the VCF of the same report is of GRCh38."""
    content = read_made(name, Options(build=build))
    assert (one(content).value, content.file.build) == (14.6, None)


@BOTH
@pytest.mark.parametrize("result", ["Amplified", "Intermediate", "Amplification Not Detected", "Deleted"])
def test_a_word_without_number_is_a_label(name: str, result: str) -> None:
    segment = one(with_result(name, result, copies=None))
    assert (segment.value, segment.scale, segment.label) == (None, Scale.LABEL, result)


@BOTH
@pytest.mark.parametrize("result", ["Indeterminate", "No Result", "QNS", "Quantity Not Sufficient"])
def test_a_result_that_was_not_reached_is_no_number(name: str, result: str) -> None:
    segment = one(with_result(name, result))
    assert (segment.value, segment.scale) == (None, Scale.OBSERVED_COPIES)
    assert segment.label == f"{result} (copyNumber 14.6)"


@BOTH
def test_a_number_beside_intermediate_counts(name: str) -> None:
    assert said(one(with_result(name, "Intermediate", "5.2"))) == (5.2, *OBSERVED)


@BOTH
def test_copies_that_are_no_number_are_an_error(name: str) -> None:
    with pytest.raises(MalformedFileError, match="copyNumber is '>= 6', which is not a number"):
        with_result(name, "Amplified", "&gt;= 6" if name == XML else ">= 6")


@BOTH
def test_signals_of_in_situ_hybridisation_are_no_copies(name: str) -> None:
    if name == JSON:
        text = changed(name, ('"copyNumberType": "Amplified"', '"copyNumberRatio": "7.3"'))
    else:
        text = changed(name, ("<copyNumberType>Amplified</copyNumberType>", "<copyNumberRatio>7.3</copyNumberRatio>"))
    segment = one(read_text(text))
    assert (segment.value, segment.scale) == (None, Scale.LABEL)
    assert segment.label == "Amplified (in situ hybridisation)"


def test_one_result_or_a_list_of_them_read_alike() -> None:
    text = changed(
        JSON, ('{"copyNumberAlteration": {"biomarkerName": "MDM2"', '{"copyNumberAlteration": [{"gene": "MDM2"')
    )
    text = text.replace('"gene": "MDM2", "gene": "MDM2"', '"gene": "MDM2"')
    text = text.replace(
        '69201958-69239324", "genomeBuild": "GRCh37"}}', '69201958-69239324", "genomeBuild": "GRCh37"}]}'
    )
    segment = one(read_text(text))
    assert said(segment) == (14.6, *OBSERVED)
    assert segment.source.locus == "tests[0].testResults[1].copyNumberAlteration[0]"


# TP53


def test_a_named_variant_of_the_xml() -> None:
    (variant,) = read_made(XML).reported
    assert (variant.hgvs_c, variant.hgvs_p, variant.depth) == ("c.524G>A", "p.R175H", 640)
    assert (variant.words, variant.status) == ("p.R175H c.524G>A missense allele frequency 31", "Pathogenic")
    assert variant.vaf is None  # percent or fraction: not stated


def test_a_named_variant_of_the_json() -> None:
    text = changed(JSON, ('"FGFR3", "gene": "FGFR3"', '"TP53", "gene": "TP53"'))
    (variant,) = read_text(text).reported
    assert (variant.hgvs_c, variant.depth) == ("c.742C>T", 702)
    assert variant.words.endswith("allele frequency 22")


def test_wild_type_in_words_is_no_proof_and_no_variant() -> None:
    content = read_made(JSON)
    assert content.reported == ()
    assert content.file.records.dropped == {"the report found no variant, without showing coverage": 1}


@pytest.mark.parametrize("result", ["Indeterminate", "No Result"])
def test_tp53_that_could_not_be_read_is_said(result: str) -> None:
    (found,) = read_text(changed(JSON, ('"result": "Wild Type"', f'"result": "{result}"'))).reported
    assert (found.undetermined, found.words) == (True, f"result {result}")


@pytest.mark.parametrize(
    ("kind", "gene", "reported", "dropped"),
    [
        ("translocation", "TP53", 1, {}),
        ("translocation", "MDM2", 0, {"fusion that was not found, or of MDM2": 1}),
        ("expressionAlteration", "MDM2", 0, {"expression, not copy number or a DNA variant": 1}),
    ],
)
def test_fusions_and_expression(kind: str, gene: str, reported: int, dropped: dict[str, int]) -> None:
    text = changed(
        JSON, ('{"genomicAlteration": {"biomarkerName": "TP53", "gene": "TP53"', f'{{"{kind}": {{"gene": "{gene}"')
    )
    content = read_text(text.replace('"Wild Type", "result_group": "Wild Type"', '"Positive"'))
    assert len(content.reported) == reported
    assert content.file.records.dropped == dropped


def test_a_report_without_a_result_is_refused() -> None:
    text = changed(XML, ("copyNumberAlteration", "otherAlteration"), ("genomicAlteration", "otherAlteration"))
    with pytest.raises(MalformedFileError, match="has no result of a test"):
        read_text(text)


def test_a_report_of_variants_alone_is_no_copy_number_file() -> None:
    content = read_text(changed(XML, ("copyNumberAlteration", "otherAlteration")))
    assert not content.copy_number
    assert of(content, "MDM2") == []
