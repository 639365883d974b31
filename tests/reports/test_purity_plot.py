"""MDM2 over purity: the picture of the most amplified tumors is not empty."""

from pathlib import Path

import pytest

import evidence_builder as eb
import run_builder as rb
from mdm2screen.reports.html.purity_plot import purity_plot
from mdm2screen.runs.batch import screen_run


@pytest.mark.parametrize("log2", ["0.1", "2.4", "4.6", "7"])
def test_every_curve_can_be_seen(tmp_path: Path, log2: str) -> None:
    sheet = rb.sheet(tmp_path / "s.csv", [rb.patient_files(tmp_path, "P1", log2)])
    (outcome,) = screen_run(sheet, with_executor="serial")
    assert outcome.decision is not None
    made = purity_plot(outcome.decision)
    assert made is not None
    for curve in made.curves:
        points = [tuple(map(float, point.split(","))) for point in curve.points.split()]
        assert len([y for _, y in points if y > 20]) > 1, curve.words


def test_a_curve_leaves_the_picture_at_the_purity_that_has_as_many_copies() -> None:
    plot = purity_plot(eb.patient(eb.sample(mdm2=(eb.source(eb.log2(1.6)),))))
    assert plot is not None
    # 30 copies, the top, at ploidy 2: 2 (2^1.6 - 1) / (30 - 2) = 0.145, on an axis of 888 pixels from 56
    assert plot.curves[0].points.split()[-1] == "184.9,20.0"
