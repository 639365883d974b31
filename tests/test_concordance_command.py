"""``mdm2screen concordance`` as a person types it, and its three outputs."""

import csv
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import cohort_builder as cb
from mdm2screen.cli import run
from mdm2screen.cohort import concordance_of
from mdm2screen.concordance.result import Concordance
from mdm2screen.readers.outcomes_table import COLUMNS
from mdm2screen.reports import CONCORDANCE_REPORTS, concordance_report, concordance_wording
from mdm2screen.reports.terminal_concordance import render


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``run.json`` with 30 decisions, ``more.json`` with ten, ``outcomes.csv``."""
    place = tmp_path_factory.mktemp("run")
    decisions = cb.trial_shaped()
    cb.decision_file(place / "run.json", *decisions[:30])
    cb.decision_file(place / "more.json", *decisions[30:])
    cb.trial_outcomes(place)
    return place


def output(capsys: pytest.CaptureFixture[str], folder: Path, *options: str) -> str:
    table = str(folder / "outcomes.csv")
    files = [str(folder / "run.json"), str(folder / "more.json")]
    assert run(["concordance", *files, "--outcomes", table, *options]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


def test_the_page_shows_the_figures_of_the_trial(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    page = " ".join(output(capsys, folder).split())
    for words in (
        "Concordance of local and central testing: 40 patients",
        "This trial is closed (terminated).",
        "31 of 40 = 77.5% (61.5-89.2) of those treated",
        "31 of 40 = 77.5% (61.5-89.2) of those with a central result",
        "CONFIRMED 31",
        "Outcomes of treated and centrally confirmed patients: 31",
        "6 of 31 = 19.4% (7.5-37.5) CR or PR, confirmed or not, of all with a best response, NE too",
        "1 of 31 = 3.2% (0.1-16.7) CR or PR that a second assessment showed again (RECIST)",
        "P38 local MET wild-type central NOT MET mutated: p.Arg175His C025",
        "31 at risk, 28 events, 3 censored",
        "Clopper and Pearson (1934)",
    ):
        assert words in page


def test_the_page_never_calls_a_patient_merely_confirmed(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    """Centrally confirmed and a confirmed response are two things."""
    page = output(capsys, folder)
    for line in page.splitlines():
        if "onfirmed" in line:
            assert any(words in line for words in ("entrally confirmed", "Confirmed responses", "confirmed or not"))


def test_json_keeps_to_the_published_schema(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    found = json.loads(output(capsys, folder, "--format", "json"))
    assert run(["schema", "concordance"]) == 0
    schema = json.loads(capsys.readouterr().out)
    Draft202012Validator.check_schema(schema)
    assert list(Draft202012Validator(schema).iter_errors(found)) == []
    kept = Path(__file__).parents[1] / "schema" / f"concordance-{found['schema_version']}.json"
    assert json.loads(kept.read_text()) == schema
    assert found["central_confirmation"]["of_treated"]["count"] == 31
    assert found["central_confirmation"]["statuses"]["CONFIRMED"] == 31


def test_json_is_the_whole_result(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    result = concordance_of([folder / "more.json", folder / "run.json"], folder / "outcomes.csv")
    assert Concordance.model_validate_json(output(capsys, folder, "--format", "json")) == result


def test_tsv_is_one_measure_per_line(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    lines = output(capsys, folder, "--format", "tsv").splitlines()
    rows = list(csv.DictReader(lines, delimiter="\t"))
    assert all(len(line.split("\t")) == len(rows[0]) for line in lines)
    found = {(row["subject"], row["measure"]): row for row in rows}
    treated = found["run", "centrally_confirmed_of_treated"]
    assert (treated["patients"], treated["of"], treated["value"]) == ("31", "40", "0.775")
    assert float(treated["low"]) == pytest.approx(0.6155, abs=5e-5)
    assert found["centrally_confirmed", "confirmed_responses"]["patients"] == "1"
    assert found["mdm2_amplification", "kappa"]["note"] == "no interval: one side gives all patients the same answer"
    assert found["treated", "pfs_median"]["unit"] == "months"
    assert [row["patient"] for row in rows if row["measure"] == "discordant"] == [
        *(f"P{n}" for n in range(32, 38)),
        "P38",
    ]


@pytest.mark.parametrize("name", CONCORDANCE_REPORTS)
def test_every_output_shows_a_run_where_nothing_can_be_counted(tmp_path: Path, name: str) -> None:
    table = cb.table(
        tmp_path, "patient,treated,best_response,response_confirmed,pfs_days,pfs_event", "P2,yes,PR,,,", "P3,,,,,"
    )
    decisions = [cb.patient("P1", cb.copies(20)), cb.patient("P3", cb.copies(20))]
    text = concordance_report(name).render(concordance_of(decisions, table))
    assert text.endswith("\n")
    assert "%" not in text.replace("95%", "")
    assert '"fraction": 0' not in text
    assert "P2" in text


def test_the_page_lists_what_is_missing(tmp_path: Path) -> None:
    table = cb.table(
        tmp_path,
        "patient,treated,best_response,response_confirmed,pfs_days,pfs_event",
        "P1,yes,PR,,100,no",
        "P2,yes,,,,",
        "P3,,,,,",
        "P9,yes,SD,,10,yes",
    )
    decisions = [cb.patient("P1", cb.copies(20), cb.copies(20)), cb.patient("P2", cb.copies(20), cb.mutated())]
    decisions += [cb.patient("P3", cb.copies(3), cb.copies(3)), cb.patient("P4", cb.copies(20))]
    page = " ".join(render(concordance_of(decisions, table)).split())
    for words in (
        "Central result awaited 1: P4",
        "Central result not needed 1: P3",
        "Best response is missing 1: P2",
        "Confirmed or not is missing 1: P1",
        "Confirmed responses 0 of 0; no number: nobody to count",
        "Median PFS not reached (no interval)",
        "PFS is missing 1: P2",
        "Outcome, no decision 1: P9",
        "Decision, no outcome 1: P4",
        "Treated or not is missing 1: P3",
        "Cohen's kappa 1 (no interval: the two sides never differ)",
    ):
        assert words in page


def test_the_page_shows_an_identifier_as_it_is_and_acts_on_nothing() -> None:
    page = render(concordance_of([cb.patient("[red]\x1b[31mP1", cb.copies(20), cb.copies(2))]))
    assert r"[red]\x1b[31mP1" in page
    assert "\x1b" not in page


def test_colors_are_for_a_terminal() -> None:
    assert "\x1b[" in render(concordance_of([cb.patient("P1", cb.copies(20), cb.copies(2))]), color=True)


@pytest.mark.parametrize(
    ("fraction", "shown"),
    [(0, "0"), (1, "100"), (0.775, "77.5"), (0.99999, ">99.9"), (0.00001, "<0.1"), (0.0996, "10.0"), (0.9994, "99.9")],
)
def test_percentages(fraction: float, shown: str) -> None:
    assert concordance_wording.percent(fraction) == shown


def test_errors_have_an_exit_code_and_say_what_to_do(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    decisions, table = str(folder / "run.json"), str(folder / "outcomes.csv")
    for arguments, code, words in (
        ([decisions, decisions], 2, "more than one decision of: P01, P02"),
        ([decisions, "--format", "xlsx"], 2, "there is no report 'xlsx'"),
        ([decisions, "--outcomes", decisions], 3, "the table of outcomes cannot be used"),
        ([table], 3, "outcomes.csv"),
        ([], 2, "Missing argument"),
    ):
        assert run(["concordance", *arguments]) == code
        captured = capsys.readouterr()
        assert captured.out == ""
        assert words in captured.err
        assert "What to do:" in captured.err


def test_the_document_names_every_column_and_shows_the_figures() -> None:
    document = (Path(__file__).parents[1] / "docs" / "concordance.md").read_text()
    assert all(f"`{column}`" in document for column in COLUMNS)
    assert all(figure in document for figure in ("77.5% (61.5-89.2)", "19.4% (7.5-37.5)", "3.2% (0.1-16.7)"))


def test_an_unknown_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "patient"]) == 2
    assert "choose one of: decision, request, comparison, concordance" in capsys.readouterr().err


@pytest.mark.parametrize("format_", CONCORDANCE_REPORTS)
def test_identifiers_are_replaced_on_both_sides(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path, format_: str
) -> None:
    (tmp_path / "key").write_bytes(b"k" * 32)
    plain = output(capsys, folder, "--format", format_)
    text = output(capsys, folder, "--format", format_, "--pseudonymise", str(tmp_path / "key"))
    assert "P38" in plain
    assert "77.5" in text or "0.775" in text
    assert not [number for number in range(1, 41) if f"P{number:02}" in text]
    assert "ps-" in text or format_ == "tsv"
