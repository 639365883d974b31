"""Real copy-number files: the stretch around MDM2, its neighbours, and how firm each call is."""

from typing import Any

import pytest

from mdm2screen import Decision, screen
from mdm2screen.mdm2_finding import AmpliconContext, Extent, Firmness, NeighbourState
from mdm2screen.results import Mdm2Finding, Status
from shared_data import shared


def screened(name: str, **options: Any) -> Decision:
    return screen(shared(f"cn/{name}"), **options)


def finding(decision: Decision) -> Mdm2Finding:
    assert decision.mdm2 is not None
    return decision.mdm2


def context(decision: Decision) -> AmpliconContext:
    (source,) = finding(decision).sources
    assert source.context is not None
    return source.context


def states(found: AmpliconContext) -> dict[str, NeighbourState]:
    return {one.gene: one.state for one in found.neighbours}


def codes(decision: Decision) -> list[str]:
    return [r.code for call in decision.calls if call.criterion == "mdm2_amplification" for r in call.reasons]


def test_melanoma_with_flanks_in_steps_is_focal_and_robust() -> None:
    """Three bins of falling height around MDM2, and two amplified pieces further up, the one with CDK4 among them."""
    decision = screened("cnvkit_TR_95_T.cns", build="GRCh37")
    found = context(decision)
    assert found.stretch is not None
    assert (found.stretch.start, found.stretch.end) == (67954875, 70541066)
    assert (found.stretch.segments, found.stretch.extent, found.others) == (3, Extent.FOCAL, 2)
    assert states(found)["CDK4"] is states(found)["FRS2"] is NeighbourState.WITH_MDM2
    assert states(found)["HMGA2"] is NeighbourState.NOT_RAISED
    (source,) = finding(decision).sources
    assert source.fewest_markers == 17
    firm = finding(decision).robustness
    assert firm is not None
    assert firm.verdict is Firmness.ROBUST
    assert not {"M017", "M019", "M022", "M026"} & set(codes(decision))


def test_the_limits_of_segmetrics_are_shown_in_copies_and_stay_above_the_threshold() -> None:
    decision = screened("cnvkit_TR_95_T.segmetrics.cns", build="GRCh37", purity=1.0, ploidy=2.0)
    found = finding(decision)
    assert found.copies == pytest.approx(2 * 2**2.817)
    assert found.confidence is not None
    assert found.confidence.low == pytest.approx(2 * 2**2.76873)
    assert found.confidence.high == pytest.approx(2 * 2**2.86157)
    assert found.robustness is not None
    assert found.robustness.verdict is Firmness.ROBUST


def test_gatk_ladder_ends_at_a_neutral_dip_and_counts_the_next_step() -> None:
    decision = screened("gatk_SM-74NF5.called.seg")
    found = context(decision)
    assert found.stretch is not None
    assert (found.stretch.start, found.stretch.end) == (66151680, 70150695)
    assert (found.stretch.segments, found.stretch.unmeasured) == (2, 68548882 - 68052745 - 1)
    assert (found.stretch.extent, found.others) == (Extent.FOCAL, 1)
    assert states(found)["HMGA2"] is NeighbourState.WITH_MDM2
    assert states(found)["CDK4"] is NeighbourState.RAISED


def test_a_stated_purity_makes_the_ladder_met_and_fragile() -> None:
    decision = screened("gatk_SM-74NF5.called.seg", purity=0.3, ploidy=2)
    firm = finding(decision).robustness
    assert firm is not None
    assert (firm.verdict, firm.depends_on) == (Firmness.FRAGILE, ("purity",))
    assert [(one.quantity, round(one.value, 2), one.at) for one in firm.flips] == [("purity", 0.39, 2.0)]
    assert "fragile" in decision.central_confirmation.flags


def test_a_gain_of_most_of_the_chromosome_is_pointed_out() -> None:
    decision = screened("purecn_example.seg", build="GRCh37", cn_sample="Sample1")
    found = context(decision)
    assert found.stretch is not None
    assert (found.stretch.end - found.stretch.start + 1, found.stretch.extent) == (97385711, Extent.CHROMOSOME)
    assert "M026" in codes(decision)


def test_a_reference_segment_of_dragen_is_not_raised() -> None:
    decision = screened("dragen_cnv_HG002.cnv.vcf.gz")
    found = context(decision)
    assert (found.raised, found.stretch) == (False, None)
    assert set(states(found).values()) == {NeighbourState.NOT_RAISED}
    firm = finding(decision).robustness
    assert firm is not None
    assert firm.verdict is Firmness.ROBUST


def test_a_segmentation_that_breaks_within_the_gene_keeps_both_parts() -> None:
    """Two segments over MDM2 of a small amplicon panel, one of five markers."""
    decision = screened("cnvkit_amplicon.cns", build="GRCh37")
    (source,) = finding(decision).sources
    assert (source.segments, source.fewest_markers) == (2, 5)
    assert source.lowest is not None
    assert source.highest is not None
    assert source.lowest < source.highest


@pytest.mark.parametrize("name", ["cnvkit_p2-9_2.cns", "cnvkit_nv3.cns"])
def test_a_flat_gene_has_no_stretch(name: str) -> None:
    decision = screened(name, build="GRCh37")
    assert context(decision).stretch is None
    call = next(call for call in decision.calls if call.criterion == "mdm2_amplification")
    assert call.status is Status.NOT_MET
