"""What the assay could see of TP53 on the terminal page."""

from typing import Any

import pytest
from decision_builder import callability

from mdm2screen.callability_result import (
    Callability,
    DetectionLimit,
    ExonCallability,
    Exposure,
    NotSeen,
    UncoveredStretch,
)
from mdm2screen.reports import terminal_callability

LIMIT = DetectionLimit(vaf=0.3, needed_depth=28, min_alt_reads=5, confidence=0.95)


def page(seen: Callability) -> dict[str, str]:
    return {label.plain: value.plain for label, value in terminal_callability.rows(seen)}


def proven(**changes: Any) -> Callability:
    fields: dict[str, Any] = {
        "exposure": Exposure.PROVEN,
        "assay": "a.bed",
        "files": ("a.bed",),
        "bases": 1220,
        "covered": 1220,
        "covered_fraction": 1.0,
        "limit": LIMIT,
    }
    return callability(**(fields | changes))


def test_declared_coverage_shows_no_depth() -> None:
    assert set(page(callability())) == {"Seen by the assay"}


def test_less_than_every_base_is_never_shown_as_all() -> None:
    shown = page(proven(covered=1219, covered_fraction=1219 / 1220))["Seen by the assay"]
    assert shown == "proven: a.bed; 1219 of 1220 coding and splice-site bases could have shown a variant (99.92%)"


def test_what_a_base_needed_and_for_which_variant() -> None:
    assert page(proven())["Reads needed"] == "28, for 5 reads of a variant at VAF 30% in 95% of cases"
    limit = LIMIT.model_copy(
        update={"purity": 0.6, "copies": 2.0, "assumed": ("2 copies of TP53",), "detectable_vaf": 0.0444}
    )
    assert page(proven(limit=limit))["Reads needed"] == (
        "28, for 5 reads of a variant at VAF 30% in 95% of cases (one of 2 copies, purity 60%); "
        "assumed: 2 copies of TP53; the lowest depth shows VAF 4.44% or more"
    )


def test_each_exon_has_a_line_and_the_worst_is_marked_where_it_lacks_a_base() -> None:
    exons = (
        ExonCallability(exon=2, bases=78, covered=78, lowest_depth=200),
        ExonCallability(exon=10, bases=111, covered=100, lowest_depth=None),
    )
    assert page(proven(exons=exons, worst_exon=10))["By exon"].splitlines() == [
        "exon  2:  78 of  78 bases, lowest depth 200",
        "exon 10: 100 of 111 bases, no depth shown at some base (worst)",
    ]
    assert "worst" not in page(proven(exons=exons[:1], worst_exon=2))["By exon"]


@pytest.mark.parametrize(
    ("why", "depth", "words"),
    [
        (NotSeen.TOO_FEW_READS, 3, "too few reads, depth 3"),
        (NotSeen.TOO_FEW_READS, None, "too few reads, none shown"),
        (NotSeen.NOT_CALLABLE, 300, "not callable by its producer, depth 300"),
        (NotSeen.NOT_TARGETED, None, "not covered"),
        (NotSeen.NOTHING_SEEN, 0, "the file says that nothing was seen, depth 0"),
    ],
)
def test_why_a_stretch_was_not_seen(why: NotSeen, depth: int | None, words: str) -> None:
    stretch = UncoveredStretch(exon=8, start=7577041, end=7577060, why=why, depth=depth)
    assert page(proven(uncovered=(stretch,)))["Not seen"] == f"exon 8, 17:7577041-7577060 (20 bases): {words}"


def test_stretches_of_one_exon_and_cause_share_a_line() -> None:
    few, off = NotSeen.TOO_FEW_READS, NotSeen.NOT_TARGETED
    stretches = (
        UncoveredStretch(exon=4, start=100, end=102, why=few, depth=7),
        UncoveredStretch(exon=4, start=110, end=110, why=few, depth=3),
        UncoveredStretch(exon=4, start=120, end=120, why=off),
        UncoveredStretch(exon=5, start=200, end=200, why=few, depth=3),
    )
    assert page(proven(uncovered=stretches))["Not seen"].splitlines() == [
        "exon 4, 17:100-102, 110 (4 bases): too few reads, depth 3 to 7",
        "exon 4, 17:120 (1 base): not covered",
        "exon 5, 17:200 (1 base): too few reads, depth 3",
    ]


def test_of_many_stretches_the_first_are_shown_and_the_others_counted() -> None:
    stretches = [UncoveredStretch(exon=4, start=2 * n, end=2 * n, depth=0) for n in range(1, 41)]
    (line,) = page(proven(uncovered=tuple(stretches)))["Not seen"].splitlines()
    assert "22, 24 and 28 more stretches (40 bases)" in line
