"""MDM2 over purity: the picture of the most amplified tumors is not empty."""

from pathlib import Path

import pytest

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
