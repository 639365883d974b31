"""What lies around MDM2: size of the amplified stretch and neighbours. It never decides."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import evidence_builder as eb
from mdm2screen import copy_number
from mdm2screen.evidence import GeneCopyNumber
from mdm2screen.mdm2_finding import AmpliconContext, Extent, NeighbourState
from mdm2screen.records import PurityRecord, PurityState, Reference, Scale, SegmentRecord, Source
from mdm2screen.results import Call
from mdm2screen.rules.amplicon import amplicon

MB = 1_000_000
Step = tuple[float, float, float]


def steps(*found: Step, **changes: Any) -> list[SegmentRecord]:
    """Segments from (start in Mb, end in Mb, tumor copies)."""
    return [eb.segment(value, start=int(start * MB) + 1, end=int(end * MB), **changes) for start, end, value in found]


def source(*found: Step, **changes: Any) -> GeneCopyNumber:
    """A file whose segments over MDM2 (69.2 Mb) are the gene's and whose others are context."""
    records = steps(*found, **changes)
    over = [r for r in records if r.start <= eb.MDM2_37[1] and r.end >= eb.MDM2_37[0]]
    return eb.source(*over).model_copy(update={"context": tuple(r for r in records if r not in over)})


def around(made: GeneCopyNumber, purity: float | None = None, ploidy: float | None = None) -> AmpliconContext:
    found = amplicon(made, purity, ploidy)
    assert found is not None
    return found


def state(found: AmpliconContext, gene: str) -> NeighbourState:
    return next(one.state for one in found.neighbours if one.gene == gene)


def call(made: GeneCopyNumber, **changes: Any) -> Call:
    return eb.protocol().local[0].evaluate(eb.evidence(mdm2=(made,), **changes))


def codes(made: GeneCopyNumber) -> list[str]:
    return [reason.code for reason in call(made).reasons]


def test_a_focal_amplification_ends_where_the_copies_fall() -> None:
    found = around(source((0, 60, 2), (60, 69, 2.2), (69, 69.1, 12), (69.1, 70.2, 20), (70.2, 133, 2)))
    assert found.stretch is not None
    assert (found.stretch.start, found.stretch.end) == (69 * MB + 1, int(70.2 * MB))
    assert (found.stretch.segments, found.stretch.extent, found.others) == (2, Extent.FOCAL, 0)


@pytest.mark.parametrize(
    ("start", "end", "extent"),
    [
        (64, 73.9, Extent.FOCAL),
        (64, 74.5, Extent.BROAD),
        (60, 107.9, Extent.BROAD),
        (60, 108.1, Extent.ARM),
        (40, 133, Extent.ARM),
        (10, 133, Extent.CHROMOSOME),
    ],
)
def test_the_extent_of_a_gain(start: float, end: float, extent: Extent) -> None:
    """The long arm has 96 Mb from 37.86 Mb on, the short one 34.86."""
    found = around(source((0, start, 2), (start, end, 14), (end, 133.8, 2)))
    assert found.stretch is not None
    assert found.stretch.extent is extent


def test_a_stretch_at_the_edge_of_what_was_measured_may_go_on() -> None:
    found = around(source((60, 69, 2), (69, 70, 20)))
    assert found.stretch is not None
    assert found.stretch.extent is None


def test_two_genes_of_a_panel_with_nothing_between_are_no_broad_gain() -> None:
    found = around(source((0, 1, 2), (58, 58.2, 20), (69.1, 69.4, 20), (80, 81, 2)))
    assert found.stretch is not None
    assert (found.stretch.segments, found.stretch.extent) == (2, None)


def test_a_gap_within_the_stretch_is_counted_and_not_taken_for_normal() -> None:
    found = around(source((0, 66, 2), (66, 68, 20), (69, 70, 20), (70, 133, 2)))
    assert found.stretch is not None
    assert (found.stretch.segments, found.stretch.unmeasured) == (2, MB)


def test_a_ladder_counts_its_other_steps() -> None:
    """Well-differentiated liposarcoma amplifies pieces of 12q13-15 with normal ones between."""
    found = around(
        source((0, 57, 2), (57, 58.5, 30), (58.5, 69, 2), (69, 70, 28), (70, 72, 2), (72, 73, 26), (73, 133, 2))
    )
    assert found.others == 2
    assert state(found, "CDK4") is NeighbourState.WITH_MDM2
    assert state(found, "HMGA2") is NeighbourState.NOT_RAISED


def test_a_neighbour_half_as_high_is_raised_with_mdm2_and_a_lower_one_only_raised() -> None:
    found = around(
        source((0, 57, 2), (57, 59, 4), (59, 66, 2), (66, 67, 11.1), (67, 69, 2), (69, 70, 20), (70, 133, 2))
    )
    assert state(found, "CDK4") is NeighbourState.RAISED
    assert state(found, "HMGA2") is NeighbourState.WITH_MDM2
    assert state(found, "FRS2") is NeighbourState.WITH_MDM2


@pytest.mark.parametrize(("copies", "expected"), [(10.9, NeighbourState.RAISED), (11.0, NeighbourState.WITH_MDM2)])
def test_half_as_high_is_half_of_what_mdm2_stands_above_two_copies(copies: float, expected: NeighbourState) -> None:
    found = around(source((0, 57, 2), (57, 59, copies), (59, 69, 2), (69, 70, 20), (70, 133, 2)))
    assert state(found, "CDK4") is expected


def test_a_neighbour_without_a_record_is_not_measured() -> None:
    found = around(source((69, 70, 20), (80, 90, 2)))
    assert state(found, "CDK4") is NeighbourState.NOT_MEASURED


def test_frs2_at_neutral_beside_a_high_mdm2_is_pointed_out() -> None:
    narrow = ((0, 69.1, 2), (69.1, 69.4, 30), (69.4, 133, 2))
    assert "M017" in codes(source(*narrow))
    assert "M017" not in codes(source((0, 69.1, 2), (69.1, 70.2, 30), (70.2, 133, 2)))
    # nothing is said where FRS2 has no number, or where MDM2 is not amplified
    assert "M017" not in codes(source((0, 69.1, 2), (69.1, 69.4, 30)))
    assert "M017" not in codes(source((0, 69.1, 2), (69.1, 69.4, 5), (69.4, 133, 2)))


def test_beside_an_mdm2_that_is_not_raised_a_neutral_frs2_is_no_surprise() -> None:
    """A ceiling of two copies leaves the call open and MDM2 where its neighbours are."""
    flat = source((0, 69, 2), (69, 69.4, 2), (69.4, 133, 2), at_least=True)
    assert codes(flat) == ["M003"]


def test_a_gain_of_the_arm_is_pointed_out() -> None:
    assert "M026" in codes(source((0, 38, 2), (38, 133.8, 13)))
    assert "M026" not in codes(source((0, 69, 2), (69, 70, 13), (70, 133, 2)))
    assert "M026" not in codes(source((0, 38, 2), (38, 133.8, 5)))


def test_rows_of_named_genes_speak_of_neighbours_and_of_no_stretch() -> None:
    frs2 = eb.segment(2, start=69864167, end=69973573, gene="FRS2")
    made = eb.source(eb.segment(30, gene="MDM2")).model_copy(update={"context": (frs2,)})
    found = around(made)
    assert found.stretch is None
    assert state(found, "FRS2") is NeighbourState.NOT_RAISED
    assert "M017" in codes(made)


def test_a_gene_alone_has_no_context() -> None:
    assert amplicon(eb.source(eb.segment(30, gene="MDM2")), None, None) is None


def test_the_class_of_an_amplicon_is_shown() -> None:
    found = around(source((0, 69, 2), (69, 70, 30), (70, 133, 2), ecdna="ecDNA+"))
    assert found.ecdna == ("ecDNA+",)


def test_in_a_tetraploid_tumor_four_copies_are_neutral() -> None:
    """Six copies on a ground of four are raised; the ground is not one stretch with them."""
    made = source((0, 69, 4), (69, 70, 9), (70, 133, 4))
    alone, known = around(made), around(made, ploidy=4.0)
    assert alone.stretch is not None
    assert known.stretch is not None
    assert (known.stretch.segments, state(known, "CDK4")) == (1, NeighbourState.NOT_RAISED)
    assert state(alone, "CDK4") is NeighbourState.RAISED


def test_context_never_decides() -> None:
    gene = ((69.0, 70.0, 13.0),)
    for beside in ((0.0, 69.0, 2.0), (0.0, 69.0, 13.0), (0.0, 69.0, 60.0)):
        assert call(source(beside, *gene)).status is call(source(*gene)).status


@given(
    st.lists(st.floats(0, 40), min_size=5, max_size=5),
    st.floats(0.1, 1),
    st.floats(2, 4.5),
    st.sampled_from([Scale.LINEAR_RATIO, Scale.LOG2_RATIO, Scale.OBSERVED_COPIES]),
)
def test_purity_and_scale_do_not_move_the_stretch(
    copies: list[float], purity: float, ploidy: float, scale: Scale
) -> None:
    """The same tumor, pure and corrected or diluted and in any scale, has the same neighbours of MDM2."""
    edges = (0.0, 57.0, 60.0, 69.0, 70.0, 133.0)
    # values too near a level to survive arithmetic say nothing
    pieces = [(a, b, float(round(c)) + 0.3) for a, b, c in zip(edges, edges[1:], copies, strict=False)]
    diluted = [(a, b, copy_number.reported(c, scale, Reference.DIPLOID, purity, ploidy)) for a, b, c in pieces]
    pure = around(source(*pieces), ploidy=ploidy)
    mixed = around(source(*diluted, scale=scale, purity_state=PurityState.UNCORRECTED), purity=purity, ploidy=ploidy)
    if pure.raised and mixed.raised:
        assert mixed.stretch == pure.stretch
        assert mixed.others == pure.others


@given(
    st.permutations([(0.0, 57.0, 2.0), (57.0, 60.0, 14.0), (60.0, 69.0, 3.0), (70.0, 72.0, 12.0), (72.0, 99.0, 2.0)])
)
def test_the_order_of_segments_does_not_matter(beside: list[Step]) -> None:
    made = eb.source(*steps((69.0, 70.0, 20.0))).model_copy(update={"context": tuple(steps(*beside))})
    found = around(made)
    assert found.stretch is not None
    assert (found.stretch.end, found.others) == (72 * MB, 1)


def test_what_is_known_of_the_sample_reaches_the_context() -> None:
    place = Source(file="options")
    known = PurityRecord(purity=1.0, ploidy=4.0, source=place)
    found = call(source((0, 69, 4), (69, 70, 9), (70, 133, 4)), purity=known, ploidy=known)
    assert found.mdm2 is not None
    (one,) = found.mdm2.sources
    assert one.context is not None
    assert one.context.stretch is not None
    assert one.context.stretch.extent is Extent.FOCAL
