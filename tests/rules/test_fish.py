"""FISH given by hand: a count votes, a ratio alone never meets a threshold, a contradiction stays open."""

from typing import Any

import pytest

import evidence_builder as eb
from mdm2screen.errors import UsageError
from mdm2screen.evidence import GeneCopyNumber
from mdm2screen.records import FishResult, PurityRecord, PurityState, Source
from mdm2screen.results import Call, Status
from mdm2screen.rules.fish import FILE


def call(*sources: GeneCopyNumber, ratio: float | None = None, copies: float | None = None, **changes: Any) -> Call:
    fish = FishResult(ratio=ratio, copies=copies, source=Source(file="options"))
    given = eb.evidence(mdm2=sources, fish=fish, **changes)
    return eb.protocol().local[0].evaluate(given)


def codes(found: Call) -> list[str]:
    return [reason.code for reason in found.reasons]


@pytest.mark.parametrize(("copies", "status"), [(11.9, Status.NOT_MET), (12, Status.MET), (24.5, Status.MET)])
def test_signals_per_nucleus_are_copies_in_a_tumor_cell(copies: float, status: Status) -> None:
    found = call(copies=copies)
    assert found.status is status
    assert "M023" in codes(found)
    assert found.mdm2 is not None
    (source,) = found.mdm2.sources
    assert (source.file, source.purity_state, source.context) == (FILE, PurityState.COUNTED, None)


def test_a_count_takes_no_purity() -> None:
    purity = PurityRecord(purity=0.3, ploidy=2.0, source=Source(file="options"))
    found = call(copies=11.0, purity=purity, ploidy=purity)
    assert found.mdm2 is not None
    assert (found.status, found.mdm2.copies) == (Status.NOT_MET, 11.0)


@pytest.mark.parametrize("ratio", [0.9, 2.0, 20.0])
def test_a_ratio_alone_is_open_however_high(ratio: float) -> None:
    found = call(ratio=ratio)
    assert (found.status, codes(found)) == (Status.INDETERMINATE, ["M024" if ratio >= 2 else "M029"])
    assert ratio < 2 or "--fish-copies" in (found.reasons[0].resolve or "")
    assert f"{ratio:g}" in found.reasons[0].message


def test_ratio_and_count_are_both_shown() -> None:
    found = call(ratio=12.1, copies=24.5)
    assert found.mdm2 is not None
    (source,) = found.mdm2.sources
    assert (source.lowest, source.labels) == (24.5, ("FISH ratio MDM2/CEP12 12.1",))
    assert [place.locus for place in source.evidence] == ["--fish-copies", "--fish-ratio"]


def test_polysomy_is_no_amplification_and_leaves_many_copies_open() -> None:
    found = call(ratio=1.8, copies=13.0)
    assert (found.status, codes(found)[0]) == (Status.INDETERMINATE, "M025")
    assert "polysomy" in found.reasons[0].message


def test_a_ratio_without_amplification_contradicts_copies_from_sequencing() -> None:
    found = call(eb.source(eb.segment(20)), ratio=1.2)
    assert (found.status, codes(found)[0]) == (Status.INDETERMINATE, "M025")


def test_a_high_ratio_contradicts_few_copies() -> None:
    """A ratio of 6 is twelve copies where chromosome 12 is disomic."""
    assert call(eb.source(eb.segment(4)), ratio=6.0).status is Status.INDETERMINATE
    assert call(eb.source(eb.segment(4)), ratio=5.9).status is Status.NOT_MET


def test_a_ratio_that_fits_changes_nothing() -> None:
    assert call(eb.source(eb.segment(20)), ratio=9.0).status is Status.MET
    assert call(eb.source(eb.segment(5)), ratio=2.4).status is Status.NOT_MET


def test_a_count_that_contradicts_a_file_leaves_the_answer_open() -> None:
    found = call(eb.source(eb.segment(4), file="a.tsv"), copies=20.0)
    assert (found.status, codes(found)[0]) == (Status.INDETERMINATE, "M009")
    assert f"20 copies in {FILE}" in found.reasons[0].message


@pytest.mark.parametrize(
    "options", [{"fish_ratio": "0"}, {"fish_ratio": "high"}, {"fish_copies": "-3"}, {"fish_copies": "1_2"}]
)
def test_what_is_no_result_of_fish_is_refused(options: dict[str, Any], tmp_path: Any) -> None:
    from mdm2screen import screen

    file = tmp_path / "x.tsv"
    file.write_text("made")
    with pytest.raises(UsageError, match="cannot be used") as error:
        screen(file, **options)
    assert "--fish-" in str(error.value)
