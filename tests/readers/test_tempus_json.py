"""Tempus JSON: copies of unknown correction, labels, whose tumor percentage, and variants by name."""

import json
from typing import Any

import pytest
from vendor_files import VENDOR, made, of, one, read_made, read_text, said

from mdm2screen import screen
from mdm2screen.errors import MalformedFileError
from mdm2screen.records import FileContent, PurityState, Reference, Scale

V1, V3 = "TUMOR_1.tempus.json", "TUMOR_1.tempus_v3.json"
COPIES = "somaticPotentiallyActionableCopyNumberVariants"


def edited(name: str, **results: Any) -> FileContent:
    """The made report with other lists of results."""
    report = json.loads(made(name))
    report["results"].update(results)
    return read_text(json.dumps(report))


def specimens(*percentages: Any, categories: tuple[str, ...] = ("tumor", "tumor", "normal")) -> FileContent:
    report = json.loads(made(V1))
    report["specimens"] = [
        {"sampleCategory": category, "institutionData": {"tumorPercentage": percentage}}
        for category, percentage in zip(categories, percentages, strict=False)
    ]
    return read_text(json.dumps(report))


def mdm2_entry(**fields: Any) -> dict[str, Any]:
    return {"gene": "MDM2", "variantDescription": "Copy number gain", "variantType": "CNV", **fields}


def test_copy_number_is_read_as_corrected_and_as_not() -> None:
    content = read_made(V1)
    segment = one(content)
    assert said(segment) == (16, Scale.OBSERVED_COPIES, Reference.UNKNOWN, PurityState.UNKNOWN, False)
    assert segment.source.line is None
    assert segment.source.locus == f"results.{COPIES}[0]"
    assert content.file.sample == "TUMOR_1"
    decision = screen(VENDOR / V1, ploidy=2)
    assert decision.mdm2 is not None
    assert decision.mdm2.interval is not None
    # as it stands, and at the stated 60%: (16 - 2 x 0.4) / 0.6, which multiplies the rounding of a whole number
    assert decision.mdm2.interval.low == 16
    assert decision.mdm2.interval.high == pytest.approx(25.333 + 0.5 * (1 / 0.6 - 1), abs=1e-3)


@pytest.mark.parametrize(("written", "value"), [(16, 16.0), ("16", 16.0), (15.5, 15.5), ("15.5", 15.5)])
def test_copies_as_number_or_text(written: Any, value: float) -> None:
    assert one(edited(V1, **{COPIES: [mdm2_entry(copyNumber=written)]})).value == value


@pytest.mark.parametrize("written", [None, "", "N/A"])
def test_no_copies_are_a_label(written: Any) -> None:
    segment = one(edited(V1, **{COPIES: [mdm2_entry(copyNumber=written)]}))
    assert (segment.value, segment.scale, segment.label) == (None, Scale.LABEL, "Copy number gain")


def test_schema_three_gives_a_label_alone() -> None:
    content = read_made(V3)
    segment = one(content)
    assert (segment.value, segment.scale, segment.label) == (None, Scale.LABEL, "Copy number gain")
    assert [record.purity for record in content.purities] == [0.2]


@pytest.mark.parametrize("written", ["high", True, [14], {"value": 14}])
def test_copies_that_are_no_number_are_an_error_with_the_path(written: Any) -> None:
    with pytest.raises(MalformedFileError, match=rf"results\.{COPIES}\[0\].*copyNumber is .*, which is not a number"):
        edited(V1, **{COPIES: [mdm2_entry(copyNumber=written)]})


def test_a_copy_number_among_the_relevant_variants_counts() -> None:
    content = edited(V1, **{COPIES: [], "somaticBiologicallyRelevantVariants": [mdm2_entry(copyNumber=14)]})
    assert one(content).value == 14


def test_a_loss_of_tp53_without_number_is_a_label_of_loss() -> None:
    entry = {"gene": "TP53", "variantDescription": "Copy number loss", "variantType": "deletion"}
    segment = one(edited(V1, somaticBiologicallyRelevantVariants=[entry]), "TP53")
    assert (segment.scale, segment.label) == (Scale.LABEL, "Copy number loss")


def test_expression_is_not_copy_number() -> None:
    content = edited(V1, **{COPIES: []})
    assert of(content, "MDM2") == []
    assert content.file.records.dropped == {"expression, not copy number or a DNA variant": 1}
    assert [s.source.locus for s in of(read_made(V3), "MDM2")] == [
        "genomicVariants.potentiallyActionable.variants[0].variantDetails[0]"
    ]


@pytest.mark.parametrize("code", ["XF.V3", "xF", "xF+", "Liquid biopsy"])
def test_a_test_of_plasma_gives_the_least_there_can_be(code: str) -> None:
    segment = one(read_text(made(V1).replace("XT.V2", code)))
    assert (segment.value, segment.at_least, segment.label) == (16, True, "Copy number gain, in plasma")


# Purity


@pytest.mark.parametrize(
    ("percentages", "expected"),
    [
        ((60,), [0.6]),
        (("60",), [0.6]),
        ((None,), []),
        (("",), []),
        ((60, None), [0.6]),
        ((60, 30), []),
        ((60, 60), []),
        ((None, None, 90), []),
        ((0,), []),
    ],
)
def test_the_tumor_percentage_of_the_one_tumor_specimen(percentages: tuple[Any, ...], expected: list[float]) -> None:
    assert [record.purity for record in specimens(*percentages).purities] == expected


def test_two_tumor_specimens_give_no_purity_and_a_note() -> None:
    assert specimens(60, 30).file.notes == ("2 specimens state a tumor percentage (0.6, 0.3): no purity was taken",)


def test_a_percentage_above_a_hundred_is_an_error() -> None:
    with pytest.raises(MalformedFileError, match="tumorPercentage is 160, which is no percentage"):
        specimens(160)


# TP53 by name


def test_a_variant_whose_gene_stands_on_the_list_around_it() -> None:
    variant = {"mutationEffect": "p.R175H", "HGVS.p": "p.R175H", "HGVS.c": "c.524G>A", "allelicFraction": "33.5"}
    listed = [{"gene": "TP53", "variants": [variant | {"therapies": [{"gene": "TP53"}]}]}]
    (found,) = edited(V1, somaticPotentiallyActionableMutations=listed).reported
    assert (found.hgvs_c, found.hgvs_p, found.vaf) == ("c.524G>A", "p.R175H", 0.335)
    assert (found.words, found.status) == ("p.R175H c.524G>A", "somaticPotentiallyActionableMutations")


def test_an_inherited_variant_and_one_of_unknown_significance_are_kept_too() -> None:
    entry = {"gene": "TP53", "variantType": "Short Variant", "HGVS.c": "c.91G>A", "coverage": 321}
    for key in ("inheritedRelevantVariants", "somaticVariantsOfUnknownSignificance"):
        (found,) = edited(V1, **{key: [entry]}).reported
        assert (found.hgvs_c, found.status, found.depth) == ("c.91G>A", key, 321)


def test_schema_three_names_its_variants_otherwise() -> None:
    (found,) = read_made(V3).reported
    assert (found.hgvs_c, found.hgvs_p, found.vaf) == ("c.524G>A", "p.R175H", 0.175)
    assert found.status == "Missense variant, biologicallyRelevant"


def test_a_fusion_of_tp53_is_kept_by_name() -> None:
    entry = {"gene5": "KPNA3", "gene3": "TP53", "variantDescription": "Chromosomal rearrangement"}
    (found,) = edited(V1, fusionVariants=[entry]).reported
    assert found.words == "Chromosomal rearrangement"


def test_a_stretch_of_tp53_that_was_covered_too_little_is_said() -> None:
    entries = [{"gene": "TP53", "transcript": "made"}, {"gene": "MDM2"}]
    content = edited(V1, lowCoverageAmplicons=entries)
    (found,) = content.reported
    assert (found.undetermined, found.words) == (True, "a stretch was covered too little")
    assert content.file.notes == ("the report lists a stretch of MDM2 that was covered too little",)


def test_words_in_the_place_of_a_list_are_no_finding() -> None:
    assert edited(V1, inheritedIncidentalFindings="TP53 declined").reported == ()


def test_a_report_without_findings_is_refused() -> None:
    report = json.loads(made(V1)) | {"results": "see PDF", "x": {"genomicVariants": None}}
    with pytest.raises(MalformedFileError, match="has neither results nor genomicVariants"):
        read_text(json.dumps(report).replace('"x"', '"genomicVariantsOf"'))
