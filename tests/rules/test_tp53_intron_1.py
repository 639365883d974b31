"""Osteosarcoma and the rearrangements of TP53 intron 1."""

from typing import Any

import pytest

import evidence_builder as eb
from mdm2screen import callability
from mdm2screen.oncotree import lookup
from mdm2screen.results import Call, Status


def call(code: str | None, assay: str = "wgs", files: tuple[str, ...] = (), **fields: Any) -> Call:
    rule = eb.protocol().local[1]
    rule = type(rule).model_validate(rule.model_dump() | fields)
    tumor = None if code is None else lookup(code)
    whole = callability.of_whole_assay(assay)
    return rule.evaluate(eb.evidence(tumor_type=tumor, callability=whole, rearrangement_files=files))


def codes(found: Call) -> list[str]:
    return [reason.code for reason in found.reasons]


@pytest.mark.parametrize("code", ["OS", "PAOS", "LGCOS", "CHOS"])
def test_an_osteosarcoma_without_a_list_of_rearrangements_is_flagged(code: str) -> None:
    found = call(code)
    assert (found.status, codes(found)) == (Status.MET, ["T001", "T032"])
    assert found.reasons[1].flag == "tp53_intron_1"
    assert "no list of rearrangements was given" in found.reasons[1].message


@pytest.mark.parametrize("code", ["BLCA", "BONE", "CHS", None])
def test_other_tumors_are_not(code: str | None) -> None:
    assert codes(call(code)) == ["T001"]


def test_a_list_of_the_whole_genome_excludes_them() -> None:
    assert codes(call("PAOS", files=("sv.vcf",))) == ["T001"]


def test_a_list_of_exons_or_a_panel_does_not() -> None:
    found = call("PAOS", "wes", ("sv.vcf",))
    assert codes(found) == ["T001", "T032"]
    assert "may not reach intron 1" in found.reasons[1].message


def test_a_protocol_may_require_them_to_be_excluded() -> None:
    found = call("PAOS", intron_1="require")
    assert (found.status, codes(found)) == (Status.INDETERMINATE, ["T032"])
    assert found.reasons[0].resolve


def test_a_mutation_makes_the_question_moot() -> None:
    rule = eb.protocol().local[1]
    mutated = eb.evidence(tumor_type=lookup("PAOS"), variants=eb.observed(eb.variant()))
    assert codes(rule.evaluate(mutated)) == ["T002"]
