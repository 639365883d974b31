"""Diagnosis: excluded, to review, absent."""

import pytest

import evidence_builder as eb
from mdm2screen import oncotree
from mdm2screen.errors import UsageError
from mdm2screen.results import Status
from mdm2screen.rules.tumor_type import TumorType


@pytest.mark.parametrize(
    ("code", "status", "reason"),
    [
        ("BLCA", Status.MET, "D001"),
        ("DDLS", Status.NOT_MET, "D002"),
        ("WDLS", Status.NOT_MET, "D002"),
        ("ALT", Status.NOT_MET, "D002"),  # a sibling of LIPO in OncoTree, not below it
        ("INTS", Status.NOT_MET, "D002"),
        ("BRAIN", Status.NOT_MET, "D002"),
        ("GB", Status.NOT_MET, "D002"),
        ("DLBCLNOS", Status.NOT_MET, "D002"),
        ("AML", Status.NOT_MET, "D002"),
        ("LIPO", Status.INDETERMINATE, "D003"),
        ("SOFT_TISSUE", Status.INDETERMINATE, "D003"),  # liposarcomas lie below it
        ("TISSUE", Status.INDETERMINATE, "D003"),
        ("MRLS", Status.MET, "D001"),
        ("PLLS", Status.MET, "D001"),
        ("PAOS", Status.MET, "D001"),
        ("LGESS", Status.MET, "D001"),
        (None, Status.INDETERMINATE, "D004"),
    ],
)
def test_tumor_types(code: str | None, status: Status, reason: str) -> None:
    tumor = oncotree.lookup(code) if code else None
    found = eb.protocol().local[2].evaluate(eb.evidence(tumor_type=tumor))
    assert (found.status, [r.code for r in found.reasons]) == (status, [reason])


INCLUDING = TumorType.model_validate(
    {
        "rule": "tumor_type",
        "include": [
            {"code": "CHOL", "subtree": True, "source": "cohort"},
            {"code": "GBC", "source": "cohort"},
            {"code": "LUNG", "subtree": True, "source": "cohort"},
        ],
        "exclude": [{"code": "LUAD", "source": "excluded"}],
        "review": [{"code": "HCCIHCH", "source": "mixed"}],
    }
)


@pytest.mark.parametrize(
    ("code", "status", "reason"),
    [
        ("CHOL", Status.MET, "D005"),
        ("IHCH", Status.MET, "D005"),  # below an included subtree
        ("GBC", Status.MET, "D005"),
        ("GBAD", Status.NOT_MET, "D006"),  # below an included type without subtree
        ("BLCA", Status.NOT_MET, "D006"),
        ("LIVER", Status.INDETERMINATE, "D007"),  # a type to review lies below it
        ("HCC", Status.NOT_MET, "D006"),
        ("BILIARY_TRACT", Status.INDETERMINATE, "D007"),
        ("TISSUE", Status.INDETERMINATE, "D007"),
        ("ICPN", Status.INDETERMINATE, "D007"),
        ("HCCIHCH", Status.INDETERMINATE, "D003"),
        ("LUAD", Status.NOT_MET, "D002"),  # excluded, and below an included subtree
        ("NSCLC", Status.INDETERMINATE, "D003"),  # included, and covers an excluded type
        ("SCLC", Status.MET, "D005"),
        (None, Status.INDETERMINATE, "D004"),
    ],
)
def test_tumor_types_of_a_trial_for_given_ones(code: str | None, status: Status, reason: str) -> None:
    tumor = oncotree.lookup(code) if code else None
    found = INCLUDING.evaluate(eb.evidence(tumor_type=tumor))
    assert (found.status, [r.code for r in found.reasons]) == (status, [reason])


def test_what_is_not_included_is_said_on_the_first_line() -> None:
    trial = eb.protocol().model_copy(update={"local": (*eb.protocol().local[:2], INCLUDING)})
    decided = eb.decide(eb.evidence(), trial)
    assert decided.headline == "Not eligible: the trial is not for the tumor type"


def test_a_code_is_found_in_any_case() -> None:
    assert oncotree.lookup(" blca ").code == "BLCA"


def test_a_tumor_type_knows_what_lies_above_it() -> None:
    assert oncotree.lookup("DDLS").ancestors == ("LIPO", "SOFT_TISSUE", "TISSUE")


@pytest.mark.parametrize(
    ("wrong", "near"),
    [
        ("BLAC", "BLCA"),
        ("cholangio", "CHOL"),
        ("bladder cancer", "BLCA"),
        ("??", "oncotree.info"),
        ("", "oncotree.info"),
    ],
)
def test_an_unknown_code_names_the_nearest(wrong: str, near: str) -> None:
    with pytest.raises(UsageError, match="is no OncoTree code") as error:
        oncotree.lookup(wrong)
    assert near in str(error.value)
