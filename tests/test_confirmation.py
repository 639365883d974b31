"""The states of central confirmation, cell by cell, and both answers kept apart."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import evidence_builder as eb
from mdm2screen.confirmation import TRANSITIONS
from mdm2screen.decision import AgreementOfSides, CriterionComparison, Decision, Sample
from mdm2screen.oncotree import lookup
from mdm2screen.protocol import parse, shipped_text
from mdm2screen.records import PurityRecord, Source, Specimen
from mdm2screen.reports import terminal_report
from mdm2screen.results import CentralStatus, Eligibility, Status
from patient_builder import CHANGES, MUTATED, PLASMA, UNCOVERED, UNSETTLED, VUS, copies

DOCS = Path(__file__).parents[1] / "docs" / "confirmation.md"
COLUMNS = {"no central sample": None, "meets": Status.MET, "fails": Status.NOT_MET, "open": Status.INDETERMINATE}
LOCAL = {
    Eligibility.ELIGIBLE: eb.sample(),
    Eligibility.INDETERMINATE: eb.sample(**VUS),
    Eligibility.NOT_ELIGIBLE: eb.sample(**MUTATED),
}
CENTRAL = {
    None: (),
    Status.MET: (eb.central(**copies(9)),),
    Status.NOT_MET: (eb.central(**copies(3)),),
    Status.INDETERMINATE: (eb.central(mdm2=()),),
}


def documented() -> dict[tuple[Eligibility, Status | None], CentralStatus]:
    """The table of the documentation."""
    lines = [line for line in DOCS.read_text().splitlines() if line.startswith("|")]
    start = next(i for i, line in enumerate(lines) if line.startswith("| local answer"))
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[start : start + 5]]
    assert set(rows[0][1:]) == set(COLUMNS)
    return {
        (Eligibility(row[0]), COLUMNS[name]): CentralStatus(cell)
        for row in rows[2:]
        for name, cell in zip(rows[0][1:], row[1:], strict=True)
    }


def test_the_table_is_whole_and_that_of_the_docs() -> None:
    assert {key: status for key, (status, _) in TRANSITIONS.items()} == documented()
    assert set(TRANSITIONS) == {(e, s) for e in Eligibility for s in (None, *Status)}


@pytest.mark.parametrize(("local", "central"), list(documented()))
def test_every_cell(local: Eligibility, central: Status | None) -> None:
    decision = eb.patient(LOCAL[local], *CENTRAL[central])
    assert decision.eligibility is local
    assert decision.central_confirmation.status is documented()[local, central]
    assert decision.central_confirmation.reasons[0].code == TRANSITIONS[local, central][1]
    assert bool(decision.central_confirmation.flags) <= (decision.central_confirmation.status != "NOT_REQUIRED")


@pytest.mark.parametrize("local", list(LOCAL))
@pytest.mark.parametrize("central", list(CENTRAL))
def test_a_protocol_that_asks_for_none(local: Eligibility, central: Status | None) -> None:
    trial = eb.protocol().model_copy(update={"central": ()})
    found = eb.patient(LOCAL[local], *CENTRAL[central], trial=trial).central_confirmation
    assert (found.status, [one.code for one in found.reasons]) == (CentralStatus.NOT_REQUIRED, ["C003"])


def test_the_central_criteria_have_their_own_threshold() -> None:
    """9 copies: below the local 12, above the central 8."""
    decision = eb.patient(eb.sample(**copies(13)), eb.central(**copies(9)))
    assert decision.central_confirmation.status is CentralStatus.CONFIRMED
    assert decision.headline == "Eligible on local testing; confirmed by the central laboratory"
    swapped = eb.patient(eb.sample(**copies(9)), eb.central(**copies(13)))
    assert swapped.eligibility is Eligibility.NOT_ELIGIBLE
    assert swapped.central_confirmation.status is CentralStatus.NOT_REQUIRED
    assert "C010" in {one.code for one in swapped.calls[0].reasons}


@pytest.mark.parametrize(
    ("central", "headline"),
    [
        (copies(3), "Eligible on local testing; not confirmed by the central laboratory"),
        ({"mdm2": ()}, "Eligible on local testing; the central result cannot be read either way"),
    ],
)
def test_the_first_line_says_what_the_central_laboratory_found(central: dict[str, Any], headline: str) -> None:
    assert eb.patient(eb.sample(), eb.central(**central)).headline == headline


def test_several_central_samples_are_joined_like_local_ones() -> None:
    decision = eb.patient(eb.sample(), eb.central("C1", **copies(3)), eb.central("C2", **copies(9)))
    assert decision.central_confirmation.status is CentralStatus.CONFIRMED
    codes = {one.code for call in decision.central_confirmation.calls for one in call.reasons}
    assert "S006" in codes


def compared(decision: Decision, criterion: str = "mdm2_amplification") -> CriterionComparison:
    return next(one for one in decision.central_confirmation.criteria if one.criterion == criterion)


def why(decision: Decision, criterion: str = "mdm2_amplification") -> dict[str, str]:
    return {one.code: one.message for one in compared(decision, criterion).why}


def test_both_values_stand_beside_each_other() -> None:
    one = compared(eb.patient(eb.sample(**copies(20)), eb.central(**copies(9))))
    assert one.local is not None
    assert (one.local.value, one.local.copies, one.central.value, one.central.copies) == (
        "20 copies",
        20,
        "9 copies",
        9,
    )
    assert (one.local.samples, one.central.samples) == (("LOCAL_1",), ("CENTRAL_1",))
    assert (one.agreement, one.why) == (AgreementOfSides.AGREE, ())


def test_copies_scale_and_purity_say_why_mdm2_differs() -> None:
    purity = PurityRecord(purity=0.3, ploidy=None, source=Source(file="options"))
    local = eb.sample(mdm2=(eb.source(eb.log2(2.5)),), purity=purity)
    found = why(eb.patient(local, eb.central(**copies(3))))
    assert set(found) == {"C022", "C023", "C024"}
    assert found["C022"].startswith("MDM2 has ")
    assert "log2 ratio (uncorrected) locally, tumor copies (corrected by caller) centrally" in found["C023"]
    assert found["C024"] == "purity is 0.3 locally and not known centrally"


def test_another_threshold_says_why() -> None:
    decision = eb.patient(eb.sample(**copies(9), **VUS), eb.central(**copies(9)))
    one = compared(decision)
    assert (one.local and one.local.status, one.central.status) == (Status.NOT_MET, Status.MET)
    assert why(decision) == {"C020": one.why[0].message}
    assert "by the central criterion the local sample would be met: MDM2 has 9 copies" in one.why[0].message


def test_specimen_and_dates_say_why() -> None:
    local = eb.sample(day="2022-05-01", **PLASMA)
    decision = eb.patient(local, eb.central(day="2022-05-31", **copies(3)))
    assert why(decision)["C028"] == "plasma was tested locally and a specimen that is not stated centrally"
    tissue = eb.central(specimen=Specimen.TISSUE, **copies(3))
    assert why(eb.patient(local, tissue))["C028"] == "plasma was tested locally and tissue centrally"
    assert "C028" not in why(eb.patient(eb.sample(), tissue))  # what is not stated may be the same
    assert why(decision)["C029"] == "the samples were taken 30 days apart: 2022-05-01 locally, 2022-05-31 centrally"
    one_day = eb.patient(eb.sample(day="2022-05-01"), eb.central(day="2022-05-02", **copies(3)))
    assert "taken 1 day apart" in why(one_day)["C029"]


def test_an_open_side_says_what_would_settle_it() -> None:
    one = compared(eb.patient(eb.sample(), eb.central(**UNSETTLED)))
    assert one.agreement is AgreementOfSides.OPEN
    assert one.why[0].code == "C021"
    assert one.why[0].resolve is not None
    assert "--purity" in one.why[0].resolve


def test_a_variant_on_one_side_alone_says_whether_the_other_could_see_it() -> None:
    decision = eb.patient(eb.sample(), eb.central(**MUTATED))
    assert decision.central_confirmation.status is CentralStatus.NOT_CONFIRMED
    found = why(decision, "tp53_wild_type")
    words = (
        "p.Arg175His at an allele fraction of 0.4 is in the central sample alone; the local one covers TP53 (declared)"
    )
    assert found["C025"] == words
    blind = why(eb.patient(eb.sample(**UNCOVERED), eb.central(**MUTATED)), "tp53_wild_type")
    assert blind["C025"].endswith("the local one is not known to cover TP53")
    assert "coverage of TP53 is unknown locally and declared centrally" in blind["C027"]


def test_a_variant_that_is_weighed_differently_says_why() -> None:
    filtered: dict[str, Any] = {"variants": eb.observed(eb.variant(filters=("weak_evidence",)))}
    found = why(eb.patient(eb.sample(**filtered), eb.central(**MUTATED)), "tp53_wild_type")
    assert found["C026"].startswith("p.Arg175His review locally (")
    assert "disqualifies centrally" in found["C026"]


def test_a_criterion_the_local_side_does_not_have_is_not_compared() -> None:
    trial = eb.protocol()
    bare = trial.model_copy(update={"local": tuple(r for r in trial.local if r.criterion != "tp53_wild_type")})
    one = compared(eb.patient(eb.sample(), eb.central(), trial=bare), "tp53_wild_type")
    assert (one.local, one.agreement, one.why) == (None, AgreementOfSides.OPEN, ())


def test_plasma_alone_is_told_to_the_central_laboratory() -> None:
    plasma = eb.patient(eb.sample(**PLASMA))
    assert "plasma_only" in plasma.central_confirmation.flags
    both = eb.patient(eb.sample("T", specimen=Specimen.TISSUE), eb.sample("P", **PLASMA))
    assert "plasma_only" not in both.central_confirmation.flags
    assert "plasma" in both.central_confirmation.flags


@pytest.mark.parametrize(
    ("changes", "flag"),
    [
        (copies(12.5), "near_threshold"),
        ({"mdm2": (eb.source(eb.log2(4.5)),)}, "uncorrected_scale"),
        ({"mdm2": (eb.source(eb.log2(4.5)),)}, "purity_unknown"),
        (
            {
                "mdm2": (eb.source(eb.log2(4.5)),),
                "purity": PurityRecord(purity=0.1, ploidy=None, source=Source(file="options")),
            },
            "purity_low",
        ),
        (
            {"mdm2": (eb.source(eb.segment(20, end=69220000), eb.segment(3, start=69220001)),)},
            "partial_amplification",
        ),
        (
            {"mdm2": (eb.source(eb.segment(20)), eb.source(eb.segment(3), file="other.tsv"))},
            "producers_disagree",
        ),
        (VUS, "tp53_vus"),
        (UNCOVERED, "tp53_not_fully_callable"),
        ({"variants": eb.observed(eb.variant(filters=("weak_evidence",)))}, "filtered_hotspot"),
        (PLASMA, "plasma_only"),
    ],
)
def test_flags_name_what_the_central_laboratory_should_look_at(changes: dict[str, Any], flag: str) -> None:
    found = eb.patient(eb.sample(**changes)).central_confirmation
    assert found.status is CentralStatus.REQUIRED
    assert flag in found.flags


def test_a_variant_below_the_floor_of_a_protocol_raises_its_flag() -> None:
    text = shipped_text("mantra-2").replace('vaf_floor = { value = "unknown"', "vaf_floor = { value = 0.5", 1)
    trial = parse(text, "floor.toml")
    assert "low_vaf" in eb.patient(eb.sample(**MUTATED), trial=trial).central_confirmation.flags


anything = st.sampled_from([*CHANGES, {"tumor_type": None}, {"tumor_type": lookup("DDLS")}])
locals_ = st.lists(anything, min_size=1, max_size=2)
centrals = st.lists(anything, max_size=2)


def answer(decision: Decision) -> object:
    """Everything local of a decision, central confirmation and what stands beside it apart."""
    local = [sample.model_dump() for sample in decision.samples if sample.role == "local"]
    calls = [call.model_dump() for call in decision.calls]
    return decision.eligibility, decision.molecular, calls, local, decision.mdm2, decision.tp53, decision.to_resolve


@given(locals_, centrals)
def test_central_evidence_never_changes_the_local_answer(
    local: list[dict[str, Any]], central: list[dict[str, Any]]
) -> None:
    here: list[Sample] = [eb.sample(f"L{i}", **changes) for i, changes in enumerate(local)]
    there = [eb.central(f"C{i}", **changes) for i, changes in enumerate(central)]
    assert answer(eb.patient(*here, *there)) == answer(eb.patient(*here))


def test_what_the_central_samples_raise_is_to_be_looked_at_too() -> None:
    decision = eb.patient(eb.sample(), eb.central("C1", **copies(3)), eb.central("C2", **copies(9)))
    assert "samples_disagree" in decision.central_confirmation.flags
    page = terminal_report.render(decision)
    assert "S006 the samples contradict each other: 3 copies in C1; 9 copies in C2" in " ".join(page.split())
    assert "To look at:" in page
    assert "The central laboratory should look at:" not in page
    assert "The central laboratory should look at:" in terminal_report.render(eb.patient(eb.sample(**UNSETTLED)))


def test_the_page_gives_the_reasons_of_central_calls() -> None:
    page = " ".join(terminal_report.render(eb.patient(eb.sample(), eb.central(**copies(9)))).split())
    assert "M001 MDM2 has 9 copies" in page


@pytest.mark.parametrize(
    ("central", "said"),
    [
        (copies(3), "the central sample does not meet its criteria: MDM2 is not amplified (3 copies)"),
        (
            copies(3) | MUTATED,
            "the central sample does not meet its criteria: MDM2 is not amplified (3 copies); "
            "TP53 is not wild-type (mutated: p.Arg175His)",
        ),
        (VUS, "the central sample cannot be read either way: TP53 wild-type (to review: p.Asp186Gly)"),
        ({}, "the central sample meets its criteria"),
    ],
)
def test_the_answer_names_the_criteria_that_fail_or_stay_open(central: dict[str, Any], said: str) -> None:
    assert eb.patient(eb.sample(), eb.central(**central)).central_confirmation.reasons[0].message == said


@pytest.mark.parametrize("changes", [{}, MUTATED])
def test_an_answer_that_rests_on_plasma_alone_says_so(changes: dict[str, Any]) -> None:
    found = eb.patient(eb.sample(**PLASMA, **changes)).central_confirmation
    assert [one.code for one in found.reasons][1:] == ["C008"]
    assert ("plasma_only" in found.flags) is (changes == {})  # of a patient who is not eligible nothing is asked


@pytest.mark.parametrize("tissue", [{"mdm2": (), **UNCOVERED}, {"mdm2": (), **UNCOVERED, "tumor_type": lookup("BLCA")}])
def test_tissue_without_a_genomic_vote_leaves_the_answer_to_plasma(tissue: dict[str, Any]) -> None:
    found = eb.patient(eb.sample("T", **tissue), eb.sample("P", **PLASMA)).central_confirmation
    assert "C008" in {one.code for one in found.reasons}


def test_central_samples_that_contradict_each_other_are_said_in_the_first_line() -> None:
    found = eb.patient(eb.sample(), eb.central("C1", **copies(15)), eb.central("C2", **copies(3))).central_confirmation
    assert found.reasons[0].message == (
        "the central samples together meet the central criteria; they contradict each other"
    )


def test_below_the_local_threshold_counts_only_of_samples_that_decide() -> None:
    seen = eb.sample("A", **copies(3))
    unread = eb.sample("B", mdm2=(eb.source(eb.segment(9.0, end=eb.MDM2_37[0] + 15000)),))
    decision = eb.patient(seen, unread)
    assert decision.calls[0].status is Status.NOT_MET
    assert "C010" not in {one.code for one in decision.calls[0].reasons}


def test_a_central_answer_that_rests_on_plasma_alone_says_so() -> None:
    found = eb.patient(eb.sample(), eb.central(**PLASMA, **copies(3))).central_confirmation
    assert [one.code for one in found.reasons] == ["C005", "C009"]
    assert "central_plasma_only" in found.flags


@pytest.mark.parametrize("central", [{}, copies(3), UNSETTLED])
def test_nothing_is_flagged_for_a_patient_who_is_not_eligible(central: dict[str, Any]) -> None:
    decision = eb.patient(eb.sample(**MUTATED, **UNSETTLED), eb.central(**central))
    assert decision.central_confirmation.status is CentralStatus.NOT_REQUIRED
    assert decision.central_confirmation.flags == ()
    assert {one.flag for call in decision.calls for one in call.reasons if one.flag}
