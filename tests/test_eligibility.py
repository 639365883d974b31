"""From calls to a decision: eligibility and central confirmation, kept apart."""

from typing import Any

import pytest

import evidence_builder as eb
from mdm2screen import eligibility
from mdm2screen.decision import Decision
from mdm2screen.oncotree import lookup
from mdm2screen.records import Build, InputFile
from mdm2screen.results import CentralStatus, Eligibility, Software

E, N, I = Eligibility.ELIGIBLE, Eligibility.NOT_ELIGIBLE, Eligibility.INDETERMINATE  # noqa: E741
REQUIRED, NOT_REQUIRED = CentralStatus.REQUIRED, CentralStatus.NOT_REQUIRED
MUTATED = {"variants": eb.observed(eb.variant())}
OPEN_TP53 = {"variants": eb.observed(eb.variant(filters=()))}


def mdm2(copies: float) -> dict[str, Any]:
    return {"mdm2": (eb.source(eb.segment(copies)),)}


@pytest.mark.parametrize(
    ("changes", "molecular", "eligibility", "central"),
    [
        ({}, E, E, REQUIRED),
        ({"tumor_type": None}, E, I, REQUIRED),
        ({"tumor_type": lookup("DDLS")}, E, N, NOT_REQUIRED),
        (MUTATED, N, N, NOT_REQUIRED),
        (MUTATED | {"tumor_type": None}, N, N, NOT_REQUIRED),
        (mdm2(3), N, N, NOT_REQUIRED),
        ({"mdm2": ()}, I, I, REQUIRED),
        (OPEN_TP53, I, I, REQUIRED),
        (OPEN_TP53 | mdm2(3), N, N, NOT_REQUIRED),
        ({"mdm2": (), "tumor_type": lookup("GB")}, I, N, NOT_REQUIRED),
    ],
)
def test_decisions(
    changes: dict[str, Any], molecular: Eligibility, eligibility: Eligibility, central: CentralStatus
) -> None:
    decision = eb.decide(eb.evidence(**changes))
    assert (decision.molecular, decision.eligibility) == (molecular, eligibility)
    assert decision.central_confirmation.status is central


@pytest.mark.parametrize(
    ("changes", "headline"),
    [
        ({}, "Eligible on local testing; the central laboratory must confirm"),
        ({"tumor_type": None}, "Molecularly eligible; diagnosis to be verified"),
        (MUTATED, "Not eligible: TP53 is not wild-type (p.Arg175His)"),
        (MUTATED | mdm2(3), "Not eligible: MDM2 is not amplified; TP53 is not wild-type (p.Arg175His)"),
        (
            {"mdm2": (), "tumor_type": None},
            "Indeterminate: MDM2 amplification and the diagnosis cannot be settled from these files",
        ),
        (
            OPEN_TP53 | {"mdm2": (), "tumor_type": None},
            "Indeterminate: MDM2 amplification, TP53 wild-type and the diagnosis cannot be settled from these files",
        ),
    ],
)
def test_the_first_line_says_it_in_words(changes: dict[str, Any], headline: str) -> None:
    assert eb.decide(eb.evidence(**changes)).headline == headline


def test_the_first_line_names_only_what_counts() -> None:
    variants = eb.observed(eb.variant(), eb.variant(7578373, "T", "C"))
    assert eb.decide(eb.evidence(variants=variants)).headline == "Not eligible: TP53 is not wild-type (p.Arg175His)"


def test_a_variant_without_a_telling_p_name_goes_by_its_c_name() -> None:
    made = eb.decide(eb.evidence(variants=eb.observed(eb.variant(7578370, "C", "T"))))
    assert made.headline == "Not eligible: TP53 is not wild-type (c.559+1G>A)"
    tp53 = next(call for call in made.calls if call.criterion == "tp53_wild_type")
    assert "p.?" not in tp53.reasons[0].message


def test_of_many_variants_the_first_line_names_four() -> None:
    variants = [eb.variant(7578406, "C", alt) for alt in "AGT"] + [eb.variant(7577120, "C", alt) for alt in "AGT"]
    headline = eb.decide(eb.evidence(variants=eb.observed(*variants))).headline
    assert headline.endswith(", and 2 more)")
    assert headline.count("p.") == 4


def codes(decision: Decision) -> list[str]:
    return [reason.code for call in decision.calls for reason in call.reasons]


@pytest.mark.parametrize(("copies", "named"), [(7.99, False), (8, True), (11.99, True), (12, False)])
def test_between_the_central_and_the_local_threshold_has_its_own_reason(copies: float, named: bool) -> None:
    decision = eb.decide(eb.evidence(**mdm2(copies)))
    assert ("C010" in codes(decision)) is named
    if named:
        assert decision.eligibility is N


def decided(*files: InputFile, **protocol: str) -> Decision:
    trial = eb.protocol().model_copy(update=protocol)
    return eligibility.decide(trial, eb.evidence(), patient="P1", inputs=files, software=Software(version="0"))


def file(name: str, sample: str | None, build: Build | None = Build.GRCH37) -> InputFile:
    return eb.content(name).file.model_copy(update={"sample": sample, "build": build})


def test_files_of_different_samples_are_pointed_out_and_change_no_answer() -> None:
    decision = decided(file("a.vcf", "P1"), file("b.seg", "P2"))
    assert decision.eligibility is E
    assert [reason.code for reason in decision.warnings] == ["S001"]
    assert "P1 in a.vcf; P2 in b.seg" in decision.warnings[0].message
    assert "different_samples" in decision.central_confirmation.flags


@pytest.mark.parametrize("name", ["TUMOR", "tumour", "SAMPLE", None, "P1"])
def test_names_that_name_nobody_differ_from_none(name: str | None) -> None:
    assert decided(file("a.vcf", "P1"), file("b.seg", name)).warnings == ()


def test_files_on_different_builds_are_pointed_out() -> None:
    decision = decided(file("a.vcf", None), file("b.seg", None, Build.GRCH38), file("c.qc", None, None))
    assert [reason.code for reason in decision.warnings] == ["S002"]
    assert decision.build is None


def test_a_changed_copy_of_a_shipped_protocol_is_pointed_out() -> None:
    assert [reason.code for reason in decided(title="another").warnings] == ["S003"]
    assert decided(title="another", version="mine").warnings == ()
    assert decided(digest="0" * 64).warnings == ()  # a comment may differ


def test_where_nothing_can_change_the_answer_nothing_is_asked_for() -> None:
    assert eb.decide(eb.evidence(mdm2=(), **MUTATED)).to_resolve == ()


def test_flags_tell_the_central_laboratory_what_to_look_at() -> None:
    decision = eb.decide(eb.evidence(mdm2=(eb.source(eb.log2(1.0)),), **OPEN_TP53))
    assert decision.central_confirmation.flags == ("uncorrected_scale", "purity_unknown", "unfiltered_variant")


def test_a_patient_who_is_not_sent_carries_no_flags() -> None:
    assert eb.decide(eb.evidence(mdm2=(eb.source(eb.log2(1.0)),), **MUTATED)).central_confirmation.flags == ()


def test_a_protocol_without_central_criteria_asks_for_none() -> None:
    trial = eb.protocol().model_copy(update={"central": ()})
    central = eb.decide(eb.evidence(), trial).central_confirmation
    assert (central.status, [r.code for r in central.reasons]) == (NOT_REQUIRED, ["C003"])


def test_what_would_resolve_it_is_said_once_and_only_of_open_calls() -> None:
    decision = eb.decide(eb.evidence(mdm2=(), tumor_type=None))
    assert len(decision.to_resolve) == len(set(decision.to_resolve)) == 2
    assert eb.decide(eb.evidence()).to_resolve == ()
    silent_beside_amplified = (eb.source(eb.segment()), eb.source(file="silent.cns"))
    (only,) = eb.decide(eb.evidence(mdm2=silent_beside_amplified, tumor_type=None)).to_resolve
    assert "--diagnosis" in only


def test_criteria_that_no_file_answers_never_block() -> None:
    decision = eb.decide(eb.evidence())
    assert decision.eligibility is E
    assert any("18 years" in check.item for check in decision.verify_at_site)


def test_the_trial_is_said_to_be_over() -> None:
    assert eb.decide(eb.evidence()).protocol.status == "terminated"
