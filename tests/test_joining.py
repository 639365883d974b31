"""Samples of one patient: who votes, which evidence holds, how conflicts are shown."""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import evidence_builder as eb
from mdm2screen.decision import Decision, Sample
from mdm2screen.joining import has_vote
from mdm2screen.oncotree import lookup
from mdm2screen.records import ContaminationRecord, FishResult, PurityRecord, Scale, Source
from mdm2screen.reports import terminal_report
from mdm2screen.results import Call, Eligibility, Reason, Status, all_of, any_of, reason, reason_codes
from patient_builder import (
    BISECTED,
    CHANGES,
    DELETED,
    DILUTED,
    FAILED_QC,
    MUTATED,
    NOT_CALLED,
    PLASMA,
    UNCOVERED,
    UNSETTLED,
    VUS,
    copies,
    in_part,
)

MET, NOT_MET, OPEN = Status.MET, Status.NOT_MET, Status.INDETERMINATE


def status(decision: Decision, criterion: str) -> Status:
    return next(call.status for call in decision.calls if call.criterion == criterion)


def reasons(decision: Decision, criterion: str) -> dict[str, Reason]:
    return {one.code: one for call in decision.calls if call.criterion == criterion for one in call.reasons}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (copies(20), copies(20), MET),
        (copies(20), copies(3), MET),
        (copies(3), copies(3), NOT_MET),
        (copies(20), UNSETTLED, MET),
        (copies(3), UNSETTLED, OPEN),
        (copies(3), {"mdm2": ()}, NOT_MET),
        (copies(3), copies(None), NOT_MET),
        (copies(3), FAILED_QC | copies(3), NOT_MET),
        (copies(3), FAILED_QC | {"mdm2": ()}, NOT_MET),
        (copies(3), FAILED_QC | copies(20), OPEN),
        (copies(3), FAILED_QC | UNSETTLED, OPEN),
        (copies(3), in_part(50), OPEN),
        (copies(3), in_part(3), NOT_MET),
        (copies(3), copies(None, label="AMP"), OPEN),
        (copies(20), in_part(3), MET),
        (copies(3), DILUTED, NOT_MET),
        (copies(20), {"mdm2": ()}, MET),
        (UNSETTLED, {"mdm2": ()}, OPEN),
        ({"mdm2": ()}, {"mdm2": ()}, OPEN),
    ],
)
def test_amplified_takes_the_best_evidence_of_those_that_speak_of_mdm2(
    one: dict[str, Any], other: dict[str, Any], expected: Status
) -> None:
    assert status(eb.patient(eb.sample("A", **one), eb.sample("B", **other)), "mdm2_amplification") is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({}, {}, MET),
        ({}, MUTATED, NOT_MET),
        ({}, VUS, OPEN),
        (MUTATED, VUS, NOT_MET),
        ({}, UNCOVERED, MET),
        (MUTATED, UNCOVERED, NOT_MET),
        (VUS, UNCOVERED, OPEN),
        (UNCOVERED, UNCOVERED, OPEN),
        ({}, {"variant_files": ()}, MET),
        ({}, BISECTED, OPEN),
        ({}, UNCOVERED | VUS, OPEN),
        ({}, FAILED_QC, MET),
        ({}, FAILED_QC | MUTATED, OPEN),
        ({}, FAILED_QC | VUS, OPEN),
        ({}, FAILED_QC | DELETED, OPEN),
        ({}, DELETED, NOT_MET),
        ({}, FAILED_QC | UNCOVERED, MET),
        ({}, NOT_CALLED, OPEN),
    ],
)
def test_wild_type_takes_the_worst_evidence_of_those_that_cover_tp53(
    one: dict[str, Any], other: dict[str, Any], expected: Status
) -> None:
    assert status(eb.patient(eb.sample("A", **one), eb.sample("B", **other)), "tp53_wild_type") is expected


def test_an_excluded_diagnosis_in_any_sample_excludes_and_none_given_has_no_vote() -> None:
    excluded = eb.patient(eb.sample("A"), eb.sample("B", tumor_type=lookup("DDLS")))
    assert status(excluded, "tumor_type") is NOT_MET
    assert excluded.tumor_type is None
    given_once = eb.patient(eb.sample("A"), eb.sample("B", tumor_type=None))
    assert (status(given_once, "tumor_type"), given_once.tumor_type) == (MET, "BLCA")


def test_a_conflict_is_shown_with_both_values_and_never_averaged() -> None:
    tissue = eb.sample("TISSUE", day="2022-05-01", **copies(20))
    plasma = eb.sample("PLASMA", day="2022-07-01", **copies(3), **PLASMA, **MUTATED)
    decision = eb.patient(tissue, plasma)
    shown = reasons(decision, "mdm2_amplification")["S006"].message
    assert "20 copies in TISSUE (2022-05-01)" in shown
    assert "3 copies in PLASMA (plasma, 2022-07-01)" in shown
    assert decision.mdm2 is not None
    assert decision.mdm2.copies == 20
    assert "samples_disagree" not in decision.central_confirmation.flags  # not eligible: nothing is asked
    assert "samples_disagree" in eb.patient(tissue, eb.sample("B", **copies(3))).central_confirmation.flags


def test_every_reason_names_its_sample_where_there_are_several_and_none_where_there_is_one() -> None:
    one = eb.patient(eb.sample("A"))
    assert {r.sample for call in one.calls for r in call.reasons} == {None}
    two = eb.patient(eb.sample("A"), eb.sample("B", mdm2=()))
    assert reasons(two, "mdm2_amplification")["M001"].sample == "A"
    silent = reasons(two, "mdm2_amplification")["S007"]
    assert silent.sample == "B"
    assert "has no vote: no file with copy-number records was given" in silent.message


def test_each_sample_states_what_it_says_and_whether_it_votes() -> None:
    decision = eb.patient(eb.sample("A", **copies(20)), eb.sample("B", mdm2=(), **MUTATED))
    said = {(s.name, c.criterion): (c.status, c.votes, c.value) for s in decision.samples for c in s.calls}
    assert said["A", "mdm2_amplification"] == (MET, True, "20 copies")
    assert said["B", "mdm2_amplification"][:2] == (OPEN, False)
    assert said["B", "tp53_wild_type"] == (NOT_MET, True, "mutated: p.Arg175His")


def test_samples_of_one_name_are_told_apart() -> None:
    decision = eb.patient(eb.sample("TUMOR"), eb.sample("TUMOR", **copies(3)), eb.central("TUMOR"))
    assert sorted(sample.name for sample in decision.samples) == ["TUMOR", "TUMOR (2)", "TUMOR (3)"]
    assert decision.samples[0].role == "local"


def test_a_value_says_what_is_behind_an_open_answer() -> None:
    decision = eb.patient(eb.sample("A", **UNSETTLED, **VUS))
    values = {call.criterion: call.value for call in decision.samples[0].calls}
    assert values["mdm2_amplification"] == "6.06 to 29.89 copies"
    assert values["tp53_wild_type"].startswith("to review: p.")
    part = eb.patient(eb.sample("A", **in_part(50))).samples[0].calls[0].value
    assert part == "50 copies over 47.99% of MDM2"
    ceiling = eb.patient(eb.sample("A", **copies(20, at_least=True))).samples[0].calls[0].value
    assert ceiling == "at least 20 copies"


@pytest.mark.parametrize(
    ("prior", "day", "expected"),
    [
        (None, "2022-05-01", set()),
        ("no", "2022-05-01", set()),
        ("2022-06-01", "2022-05-01", {"S008"}),
        ("2022-06-01", "2022-06-01", {"S008"}),  # nobody knows what came first on that day
        ("2022-06-01", "2022-07-01", set()),
        ("2022-06-01", None, {"S009"}),
        ("yes", "2022-05-01", {"S009"}),
    ],
)
def test_a_tp53_result_from_before_an_mdm2_inhibitor_is_flagged(
    prior: str | None, day: str | None, expected: set[str]
) -> None:
    decision = eb.patient(eb.sample(day=day), prior=prior)
    said = {one.code: one.message for one in decision.warnings if one.code in ("S008", "S009")}
    assert set(said) == expected
    assert all("LOCAL_1" in words and "(local)" in words for words in said.values())
    assert ("tp53_predates_mdm2_inhibitor" in decision.central_confirmation.flags) is bool(expected)
    assert decision.eligibility is Eligibility.ELIGIBLE


def test_one_later_test_of_tp53_is_enough_and_one_that_does_not_cover_it_is_not() -> None:
    before, after = eb.sample("A", day="2022-05-01"), eb.sample("B", day="2022-07-01")
    assert not eb.patient(before, after, prior="2022-06-01").warnings
    blind = eb.sample("B", day="2022-07-01", **UNCOVERED)
    assert [one.code for one in eb.patient(before, blind, prior="2022-06-01").warnings] == ["S008"]


samples = st.builds(
    lambda name, day, changes: eb.sample(name, day=day, **changes),
    st.sampled_from("AB"),
    st.sampled_from([None, "2022-05-01", "2022-07-01"]),
    st.sampled_from(CHANGES),
)


@given(st.lists(samples, min_size=1, max_size=3))
def test_the_order_of_samples_never_matters(given_: list[Sample]) -> None:
    answers = {eb.patient(*order).model_dump_json() for order in permutations(given_)}
    assert len(answers) == 1


@given(samples, samples)
def test_the_joined_answer_is_that_of_kleene_over_those_that_vote(one: Sample, other: Sample) -> None:
    decision = eb.patient(one, other)
    for criterion, join in (("mdm2_amplification", any_of), ("tp53_wild_type", all_of)):
        said = [call for sample in decision.samples for call in sample.calls if call.criterion == criterion]
        voting = [call.status for call in said if call.votes] or [call.status for call in said]
        expected = join(voting)
        if criterion == "tp53_wild_type" and expected is MET and status(decision, "mdm2_amplification") is MET:
            votes = [{c.criterion: c for c in sample.calls if c.votes} for sample in decision.samples]
            amplified = [
                one["mdm2_amplification"].status for one in votes if {criterion, "mdm2_amplification"} <= set(one)
            ]
            shown = sum(criterion in one for one in votes)
            expected = OPEN if len(amplified) == shown and set(amplified) == {NOT_MET} else MET
        assert status(decision, criterion) is expected


@given(samples)
def test_a_sample_beside_its_like_changes_no_answer(one: Sample) -> None:
    alone, twice = eb.patient(one), eb.patient(one, one)
    assert [call.status for call in alone.calls] == [call.status for call in twice.calls]


def test_no_reason_of_absence_speaks_of_something_that_was_seen() -> None:
    """A vote is lost by these reasons alone; each says that an assay saw nothing."""
    absent = {code for code, entry in reason_codes().items() if entry.absence}
    seen = {"M003", "M004", "M008", "M009", "T003", "T005", "T006", "T007", "T014", "T016", "T021", "T026", "T040"}
    assert not absent & seen
    assert {"M005", "M006", "T009", "T011", "D004"} <= absent


@pytest.mark.parametrize("code", ["T002", "T003", "T008", "T015", "T028", "T029"])
def test_what_was_seen_in_a_failed_sample_has_a_vote(code: str) -> None:
    failed = reason("T017", "the sample failed quality control")
    assert has_vote(Call(criterion="tp53_wild_type", status=OPEN, reasons=(failed, reason(code, "seen"))))
    assert not has_vote(Call(criterion="tp53_wild_type", status=OPEN, reasons=(failed, reason("T036", "a note"))))


def test_the_first_line_names_the_variants_of_all_samples_that_decide() -> None:
    other: dict[str, Any] = {"variants": eb.observed(eb.variant(7577538, "C", "T"))}
    decision = eb.patient(eb.sample("A", **MUTATED), eb.sample("B", **other), eb.sample("C", **MUTATED))
    assert decision.headline == "Not eligible: TP53 is not wild-type (p.Arg175His, p.Arg248Gln)"


def test_findings_in_detail_name_their_sample_where_there_are_several() -> None:
    decision = eb.patient(eb.sample("A", **copies(3)), eb.sample("B", **copies(20), **MUTATED))
    assert decision.mdm2
    assert decision.tp53
    assert (decision.mdm2.sample, decision.mdm2.copies, decision.tp53.sample) == ("B", 20, "B")
    page = terminal_report.render(decision)
    assert "MDM2 in detail: B" in page
    assert "TP53 in detail: B" in page
    alone = eb.patient(eb.sample("A"))
    assert alone.mdm2
    assert alone.tp53
    assert (alone.mdm2.sample, alone.tp53.sample) == (None, None)


@pytest.mark.parametrize(("other", "specimen"), [(PLASMA, "plasma"), ({}, None)])
def test_the_specimen_is_stated_where_all_samples_are_of_one(other: dict[str, Any], specimen: str | None) -> None:
    assert eb.patient(eb.sample("A", **PLASMA), eb.sample("B", **other)).specimen == specimen


@pytest.mark.parametrize("side", [eb.sample, eb.central])
def test_different_diagnoses_are_pointed_out_and_shown(side: Any) -> None:
    decision = eb.patient(eb.sample("A"), side("B", tumor_type=lookup("DDLS")))
    (said,) = (one.message for one in decision.warnings if one.code == "S013")
    assert said.startswith("the samples have different diagnoses: BLCA (A, local); DDLS (B, ")
    shown = "(BLCA and DDLS)" if side is eb.sample else "(BLCA)"
    page = terminal_report.render(decision)
    assert shown in page
    assert "no diagnosis given" not in page
    assert ("different_diagnoses" in decision.central_confirmation.flags) is (side is eb.central)
    assert "S013" not in {one.code for one in eb.patient(eb.sample("A"), eb.sample("B")).warnings}


@pytest.mark.parametrize("side", [eb.sample, eb.central])
def test_wild_type_of_a_sample_without_the_amplification_stays_open(side: Any) -> None:
    """A sample with too few tumor cells shows neither the amplification nor a mutation."""
    amplified, silent = side("A", **UNCOVERED), side("B", **copies(2))
    first = [] if side is eb.sample else [eb.sample()]
    decision = eb.patient(*first, amplified, silent)
    calls = decision.calls if side is eb.sample else decision.central_confirmation.calls
    (call,) = (one for one in calls if one.criterion == "tp53_wild_type")
    assert (call.status, call.reasons[0].code) == (OPEN, "S014")
    assert call.reasons[0].message == "B may hold too little of the tumor: A shows what is not seen there"
    assert "tp53_of_other_sample" in decision.central_confirmation.flags
    apart = eb.patient(*first, amplified, side("B", mdm2=()))  # a test of TP53 alone, of the same tumor
    again = apart.calls if side is eb.sample else apart.central_confirmation.calls
    assert next(one.status for one in again if one.criterion == "tp53_wild_type") is MET


TWO_FILES: dict[str, Any] = {"mdm2": (eb.source(eb.segment(20.0), file="a"), eb.source(eb.segment(3.0), file="b"))}
LOW_PURITY: dict[str, Any] = {
    "purity": PurityRecord(purity=0.03, ploidy=None, source=Source(file="options")),
    "mdm2": (),
}


@pytest.mark.parametrize(
    ("other", "flag"), [(TWO_FILES, "producers_disagree"), (in_part(50), "mdm2_not_proven"), (LOW_PURITY, "purity_low")]
)
def test_what_is_wrong_with_a_sample_that_does_not_decide_is_told_too(other: dict[str, Any], flag: str) -> None:
    decision = eb.patient(eb.sample("A"), eb.sample("B", **other))
    assert decision.eligibility is Eligibility.ELIGIBLE
    assert flag in decision.central_confirmation.flags


@pytest.mark.parametrize("label", ["LOSS", "DEL", "neutral"])
def test_a_word_that_is_no_amplification_has_no_vote(label: str) -> None:
    word: dict[str, Any] = {"mdm2": (eb.source(eb.segment(None, label=label, scale=Scale.LABEL)),)}
    assert status(eb.patient(eb.sample("A", **copies(3)), eb.sample("B", **word)), "mdm2_amplification") is NOT_MET
    amp: dict[str, Any] = {"mdm2": (eb.source(eb.segment(None, label="AMP", scale=Scale.LABEL)),)}
    assert status(eb.patient(eb.sample("A", **copies(3)), eb.sample("B", **amp)), "mdm2_amplification") is OPEN


def test_the_latest_sample_comes_first_and_undated_ones_last() -> None:
    early, late = eb.sample("A", day="2022-05-01"), eb.sample("B", day="2022-07-01")
    decision = eb.patient(early, eb.sample("C"), late, eb.sample("D"))
    assert [one.name for one in decision.samples][:2] == ["B", "A"]


def test_no_sample_is_said_to_have_no_vote_where_none_has_one() -> None:
    decision = eb.patient(eb.sample("A", mdm2=()), eb.sample("B", mdm2=()))
    assert "S007" not in reasons(decision, "mdm2_amplification")


def test_dates_of_some_samples_alone_settle_no_order() -> None:
    dated, undated = eb.sample("A", day="2022-05-01"), eb.sample("B")
    assert [one.code for one in eb.patient(dated, undated, prior="2022-06-01").warnings] == ["S009"]


def test_no_foreign_reads_are_no_contamination() -> None:
    def record(fraction: float) -> dict[str, Any]:
        source = Source(file="c.table")
        return {"contaminations": (ContaminationRecord(fraction=fraction, error=None, source=source),)}

    assert "S004" not in {one.code for one in eb.patient(eb.sample(**record(0.0))).warnings}
    assert "S004" in {one.code for one in eb.patient(eb.sample(**record(0.01))).warnings}


def test_a_panel_that_both_laboratories_use_is_no_shared_file() -> None:
    bed = eb.content("panel.bed", format="bed").file.model_copy(update={"of_patient": False})
    local, central = (one.model_copy(update={"inputs": (*one.inputs, bed)}) for one in (eb.sample(), eb.central()))
    assert "S012" not in {one.code for one in eb.patient(local, central).warnings}


@pytest.mark.parametrize("at_least", [False, True])
def test_a_part_of_a_file_of_altered_stretches_alone_votes_where_it_may_be_amplified(at_least: bool) -> None:
    first, last = eb.MDM2_37
    stretch = eb.segment(3.0 if at_least else 50.0, end=first + (last - first) * 60 // 100, at_least=at_least)
    part: dict[str, Any] = {"mdm2": (eb.source(stretch).model_copy(update={"omits_neutral": True}),)}
    decision = eb.patient(eb.sample("A", **copies(3)), eb.sample("B", **part))
    assert status(decision, "mdm2_amplification") is OPEN
    assert "M028" in reasons(decision, "mdm2_amplification")


NEUTRAL_WORD: dict[str, Any] = {"mdm2": (eb.source(eb.segment(None, label="neutral", scale=Scale.LABEL)),)}


@pytest.mark.parametrize(
    "other",
    [in_part(2), NEUTRAL_WORD, {"fish": FishResult(ratio=1.0, copies=None, source=Source(file="o")), "mdm2": ()}],
)
@pytest.mark.parametrize("side", [eb.sample, eb.central])
def test_a_part_or_a_word_against_the_amplification_is_no_tumor_for_wild_type(side: Any, other: dict[str, Any]) -> None:
    first = [] if side is eb.sample else [eb.sample()]
    decision = eb.patient(*first, side("A", **UNCOVERED), side("B", **other))
    calls = decision.calls if side is eb.sample else decision.central_confirmation.calls
    assert next(one.status for one in calls if one.criterion == "tp53_wild_type") is OPEN


@pytest.mark.parametrize("other", [{"mdm2": ()}, UNSETTLED])
def test_wild_type_of_a_sample_that_leaves_the_amplification_open_stands_and_is_pointed_out(
    other: dict[str, Any],
) -> None:
    decision = eb.patient(eb.sample("A", **UNCOVERED), eb.sample("B", **other))
    assert decision.eligibility is Eligibility.ELIGIBLE
    assert reasons(decision, "tp53_wild_type")["S017"].message.startswith("nothing says that B holds the tumor")
    assert "tp53_of_other_sample" in decision.central_confirmation.flags
    assert "S017" not in reasons(eb.patient(eb.sample("A", **UNCOVERED), eb.sample("B")), "tp53_wild_type")


def test_what_differs_between_parts_or_files_is_no_one_number() -> None:
    split = {"mdm2": (eb.source(eb.segment(30, end=69220000), eb.segment(2, start=69220001)),)}
    for changes in (split, TWO_FILES):
        (value,) = (c.value for c in eb.patient(eb.sample(**changes)).samples[0].calls if c.criterion[:4] == "mdm2")
        assert " 2" in value or "3 copies" in value
        assert "30" in value or "20 copies" in value
