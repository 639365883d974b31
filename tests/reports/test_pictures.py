"""What the pictures of a patient's page show is what was found: places, numbers, and what is not known."""

from typing import Any

import pytest

import evidence_builder as eb
from mdm2screen.callability_result import Callability, Exposure, UncoveredStretch
from mdm2screen.reports import html
from mdm2screen.reports.html.amplicon_plot import amplicon_plot
from mdm2screen.reports.html.lollipop import Lollipop, lollipop
from mdm2screen.reports.html.purity_plot import purity_plot
from mdm2screen.reports.html.scales import Axis
from patient_builder import DELETED, MUTATED, copies

PROTEIN = Axis(1, 393, 56, 944)


def tp53(**changes: Any) -> Lollipop:
    found = lollipop(eb.patient(eb.sample(**changes)))
    assert found is not None
    return found


def test_every_variant_stands_at_its_own_residue() -> None:
    near = [eb.variant(pos, ref, "T") for pos, ref in ((7578406, "C"), (7578403, "C"), (7578400, "G"), (7578397, "T"))]
    stalks = tp53(variants=eb.observed(*near[:3])).stalks
    residues = [175, 176, 177]
    assert [stalk.x for stalk in stalks] == [PROTEIN.at(residue) for residue in residues]
    assert sum(stalk.label is not None for stalk in stalks) == 1  # names that have room; the table holds all


def test_a_variant_without_a_vaf_is_not_drawn_as_measured() -> None:
    (stalk,) = tp53(variants=eb.observed(eb.variant(vaf=None))).stalks
    assert stalk.counts == "disqualifies no-vaf"
    assert "no VAF in its file" in stalk.words
    (known,) = tp53(**MUTATED).stalks
    assert (known.counts, known.y) == ("disqualifies", Axis(0, 1, 190, 40).at(0.4))


def covered(*gaps: tuple[int, int, int]) -> Callability:
    stretches = tuple(UncoveredStretch(exon=exon, start=start, end=end) for exon, start, end in gaps)
    return Callability(
        exposure=Exposure.DECLARED, assay="panel.bed", bases=1220, covered=1100, build="GRCh37", uncovered=stretches
    )


def test_what_was_not_seen_of_an_exon_is_open_where_it_lies() -> None:
    """Exon 5 begins with residue 126; on the genome its first bases are the highest."""
    boxes = {box.number: box for box in tp53(callability=covered((5, 7578481, 7578554))).exons}
    assert boxes[5].state == "part"
    ((start, width),) = boxes[5].gaps
    assert start == boxes[5].x
    assert PROTEIN.at(149) < start + width < PROTEIN.at(152)
    assert boxes[6].gaps == ()
    end = {box.number: box for box in tp53(callability=covered((5, 7578371, 7578400))).exons}[5]
    assert end.gaps[0][0] > PROTEIN.at(175)


def test_of_an_assay_nobody_knows_no_exon_is_filled() -> None:
    unknown = Callability(exposure=Exposure.UNKNOWN, assay=None, bases=1220, covered=None)
    assert {box.state for box in tp53(callability=unknown).exons} == {"unknown"}


def test_a_deletion_is_named_beneath_the_picture() -> None:
    page = html.render(eb.patient(eb.sample(**DELETED)))
    assert "<strong>TP53 has 0 copies in made.tsv: both copies are deleted.</strong>" in page


@pytest.mark.parametrize(
    ("segment", "words", "cut"),
    [
        (eb.segment(20.0), "20 copies", False),
        (eb.segment(5.0, highest=40.0), "5 to 40 copies", True),
        (eb.segment(13.0, at_least=True), "at least 13 copies", True),
        (eb.log2(1.6), "6.06 to 29.89 copies", True),
        (eb.segment(90.0), "90 copies", True),
    ],
)
def test_a_bar_reaches_over_all_that_is_possible_and_says_where_it_is_cut(segment: Any, words: str, cut: bool) -> None:
    plot = amplicon_plot(eb.patient(eb.sample(mdm2=(eb.source(segment),))))
    assert plot is not None
    (bar,) = plot.bars
    assert bar.words.endswith(f": {words}")
    assert bar.cut is cut


def test_no_turning_point_is_denied_where_it_was_not_looked_for() -> None:
    disagree: dict[str, Any] = {"mdm2": (eb.source(eb.log2(1.6), file="a"), eb.source(eb.segment(3.0), file="b"))}
    plot = purity_plot(eb.patient(eb.sample(**disagree)))
    assert plot is None or "no purity" not in plot.summary
    settled = purity_plot(eb.patient(eb.sample(mdm2=(eb.source(eb.log2(0.0)),))))
    assert settled is not None
    assert settled.summary == "no purity between 0 and 1 turns the answer"


def test_the_pictures_say_that_they_are_local_where_there_is_a_central_result() -> None:
    page = html.render(eb.patient(eb.sample(), eb.central(**MUTATED)))
    assert "The pictures are of the local sample" in page
    assert "No variant in TP53 is in the local files." in page
    assert "mutated: p.Arg175His" in page
    assert "The pictures are of the local sample" not in html.render(eb.patient(eb.sample()))


def test_a_file_of_both_sides_is_listed_as_such() -> None:
    local, central = eb.sample(), eb.central()
    both = central.model_copy(update={"inputs": (*central.inputs, *local.inputs)})
    page = html.render(eb.patient(local, both))
    assert "<td>local and central</td>" in page
    assert "<td>central</td>" in page


def test_parts_of_mdm2_that_differ_stand_on_the_card() -> None:
    split: dict[str, Any] = {"mdm2": (eb.source(eb.segment(30, end=69220000), eb.segment(2, start=69220001)),)}
    page = html.render(eb.patient(eb.sample(**split)))
    assert "a part of MDM2 has 2 copies, another up to 30" in page
    assert html.render(eb.patient(eb.sample(**copies(20)))).count("amplified in part") == 0
