"""Laws of the judgement: monotone in copies, no help from a mutation, blind to order, no number from nothing."""

from itertools import permutations

from hypothesis import assume, given
from hypothesis import strategies as st

import evidence_builder as eb
from mdm2screen.evidence import Evidence, gather
from mdm2screen.records import FileContent, PurityRecord, PurityState, Reference, Scale, SegmentRecord, Source
from mdm2screen.results import Eligibility, Status, all_of, any_of

statuses = st.lists(st.sampled_from(Status), max_size=5)
copies = st.floats(0, 60)
purities = st.one_of(st.none(), st.floats(0.01, 1))
ploidies = st.one_of(st.none(), st.floats(1.2, 6))
RANK = {Status.NOT_MET: 0, Status.INDETERMINATE: 1, Status.MET: 2}


@st.composite
def segments(draw: st.DrawFn) -> SegmentRecord:
    """A segment over all or part of MDM2, in any scale, with or without a number."""
    start = draw(st.integers(69190000, 69239000))
    end = draw(st.integers(max(start, 69201958), 69260000))
    scale = draw(st.sampled_from([Scale.TUMOR_COPIES, Scale.OBSERVED_COPIES, Scale.LINEAR_RATIO, Scale.LOG2_RATIO]))
    value = draw(st.floats(-3, 6) if scale is Scale.LOG2_RATIO else st.floats(0, 50))
    return eb.segment(
        draw(st.sampled_from([value, value, value, None])),
        start=start,
        end=end,
        scale=scale,
        reference=draw(st.sampled_from(Reference)),
        purity_state=draw(st.sampled_from(PurityState)),
        at_least=draw(st.booleans()),
        ci_low=draw(st.none() | st.floats(-3, value)),
        ci_high=draw(st.none() | st.floats(value, 60)),
        source=Source(file="made.tsv", line=draw(st.integers(2, 99))),
    )


def known(purity: float | None, ploidy: float | None) -> dict[str, PurityRecord]:
    place = Source(file="options")
    found = {}
    if purity is not None:
        found["purity"] = PurityRecord(purity=purity, ploidy=None, source=place)
    if ploidy is not None:
        found["ploidy"] = PurityRecord(purity=None, ploidy=ploidy, source=place)
    return found


def mdm2_status(given_: Evidence) -> Status:
    return eb.protocol().local[0].evaluate(given_).status


@given(statuses, statuses)
def test_kleene_all_of_and_any_of_do_not_depend_on_order_or_grouping(one: list[Status], other: list[Status]) -> None:
    assert all_of(one + other) == all_of(other + one) == all_of([all_of(one), all_of(other)])
    assert any_of(one + other) == any_of(other + one) == any_of([any_of(one), any_of(other)])


@given(statuses)
def test_a_warning_never_hides_a_missing_test(found: list[Status]) -> None:
    expected = min(found, key=RANK.__getitem__, default=Status.MET)
    assert all_of(found) is expected


@given(segments(), st.floats(0, 20), purities, ploidies)
def test_more_copies_never_turn_met_into_not_met(
    record: SegmentRecord, more: float, purity: float | None, ploidy: float | None
) -> None:
    assume(record.value is not None)
    assert record.value is not None
    higher = record.model_copy(update={"value": record.value + more})
    context = known(purity, ploidy)
    before = mdm2_status(eb.evidence(mdm2=(eb.source(record),), **context))
    after = mdm2_status(eb.evidence(mdm2=(eb.source(higher),), **context))
    assert RANK[after] >= RANK[before]


@given(st.lists(segments(), min_size=1, max_size=4), purities, ploidies)
def test_a_missing_number_is_never_a_neutral_number(
    records: list[SegmentRecord], purity: float | None, ploidy: float | None
) -> None:
    """Taking the numbers away leaves nothing to call on."""
    bare = [record.model_copy(update={"value": None}) for record in records]
    assert mdm2_status(eb.evidence(mdm2=(eb.source(*bare),), **known(purity, ploidy))) is Status.INDETERMINATE


@given(
    st.lists(segments(), min_size=1, max_size=3), st.lists(segments(), max_size=2), st.randoms(use_true_random=False)
)
def test_the_order_of_records_and_files_never_matters(
    one: list[SegmentRecord], other: list[SegmentRecord], random: object
) -> None:
    files = [eb.content("a.tsv", segments=tuple(one), copy_number=True)]
    files.append(eb.content("b.tsv", segments=tuple(other), copy_number=True))
    files.append(eb.content("c.vcf", variants=(eb.variant(),), format="vcf", small_variants=True))

    def shuffled(content: FileContent) -> FileContent:
        records = list(content.segments)
        random.shuffle(records)  # type: ignore[attr-defined]
        return content.model_copy(update={"segments": tuple(records)})

    answers = [
        eb.decide(gather([shuffled(f) for f in order], assay="wes")).model_dump(exclude={"mdm2": {"sources"}})
        for order in permutations(files)
    ]
    assert all(answer["eligibility"] == answers[0]["eligibility"] for answer in answers)
    assert all(answer["mdm2"]["interval"] == answers[0]["mdm2"]["interval"] for answer in answers)
    codes = [sorted(r["code"] for call in answer["calls"] for r in call["reasons"]) for answer in answers]
    assert all(found == codes[0] for found in codes)


DISQUALIFYING = [
    (7578406, "C", "T"),  # R175H
    (7577548, "C", "CA"),  # frameshift
    (7577538, "C", "T"),  # R248Q
    (7578370, "C", "T"),  # splice donor of exon 5
    (7579470, "CG", "C"),  # frameshift
]
HARMLESS = [(7579472, "G", "C"), (7578645, "C", "T"), (7578115, "T", "C")]
REVIEWED = [(7578373, "T", "C"), (7579312, "C", "A")]


@given(
    st.lists(st.sampled_from(HARMLESS + REVIEWED + DISQUALIFYING), max_size=3),
    st.sampled_from(DISQUALIFYING),
    st.sampled_from([("PASS",), (), ("weak_evidence",)]),
)
def test_a_disqualifying_variant_never_helps(
    others: list[tuple[int, str, str]], added: tuple[int, str, str], filters: tuple[str, ...]
) -> None:
    before = [eb.variant(*one) for one in others]
    after = [*before, eb.variant(*added, filters=filters)]
    rule = eb.protocol().local[1]
    found = [
        rule.evaluate(gather([eb.content("c.vcf", variants=tuple(v), format="vcf", small_variants=True)], assay="wes"))
        for v in (before, after)
    ]
    assert RANK[found[1].status] <= RANK[found[0].status]
    assert found[1].status is not Status.MET


@given(st.lists(segments(), max_size=3), st.integers(0, 2), st.booleans(), st.booleans())
def test_another_criterion_never_makes_more_patients_eligible(
    records: list[SegmentRecord], dropped: int, mutated: bool, diagnosed: bool
) -> None:
    trial = eb.protocol()
    fewer = trial.model_copy(update={"local": tuple(r for n, r in enumerate(trial.local) if n != dropped)})
    changes = {} if diagnosed else {"tumor_type": None}
    variants = eb.observed(eb.variant()) if mutated else ()
    given_ = eb.evidence(mdm2=(eb.source(*records),), variants=variants, **changes)
    if eb.decide(given_, trial).eligibility is Eligibility.ELIGIBLE:
        assert eb.decide(given_, fewer).eligibility is Eligibility.ELIGIBLE


@given(st.lists(segments(), max_size=2), st.booleans())
def test_every_call_has_a_reason_and_every_open_call_says_what_would_settle_it(
    records: list[SegmentRecord], mutated: bool
) -> None:
    variants = eb.observed(eb.variant(filters=("weak_evidence",))) if mutated else ()
    decision = eb.decide(eb.evidence(mdm2=(eb.source(*records),), variants=variants))
    for call in decision.calls:
        assert call.reasons
        if call.status is Status.INDETERMINATE:
            assert any(reason.resolve for reason in call.reasons)
