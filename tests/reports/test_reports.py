import subprocess
import sys

import pytest
from decision_builder import decision

from mdm2screen import reports
from mdm2screen.errors import UsageError
from mdm2screen.reports import json_report


def _loaded_after(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return set(done.stdout.split())


def test_listing_the_reports_loads_no_heavy_library() -> None:
    assert not {"rich", "pandas", "mdm2screen.reports.tsv_report"} & _loaded_after("import mdm2screen.reports")


def test_json_and_tsv_load_no_heavy_library() -> None:
    loaded = _loaded_after("from mdm2screen import reports; reports.report('json'); reports.report('tsv')")
    assert not {"rich", "pandas"} & loaded


@pytest.mark.parametrize("name", reports.REPORTS)
def test_every_report_renders_text_that_ends_with_a_line_end(name: str) -> None:
    text = reports.render(name, decision())
    assert "P1" in text
    assert text.endswith("\n")


def test_a_report_is_found_by_name() -> None:
    assert reports.render("json", decision()) == json_report.render(decision())


def test_an_unknown_report_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="terminal, json, tsv"):
        reports.report("pdf")
