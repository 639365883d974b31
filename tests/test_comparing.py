"""Who changes under another protocol, version or run, and why."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import evidence_builder as eb
import vcf_builder as vb
from mdm2screen import patients, pseudonyms, screen
from mdm2screen.cli import run
from mdm2screen.comparing import compare
from mdm2screen.decision import Decision
from mdm2screen.protocol import TrialProtocol, load_shipped, parse, shipped_text
from mdm2screen.reports import json_report
from mdm2screen.results import CentralStatus, Eligibility, Status
from patient_builder import MUTATED, copies

SCHEMA = Path(__file__).parents[1] / "schema" / "comparison-1.0.json"
LOWER_TEXT = shipped_text("mantra-2").replace("value = 12,", "value = 8,").replace('id = "mantra-2"', 'id = "lower"')


def lower() -> TrialProtocol:
    """MANTRA-2 with a local threshold of 8 copies."""
    return parse(LOWER_TEXT, "lower.toml")


def cohort() -> list[Decision]:
    found = [eb.patient(eb.sample(**copies(value))) for value in (20, 9, 3)]
    found.append(eb.patient(eb.sample(**copies(9), **MUTATED)))
    return [one.model_copy(update={"patient": name}) for one, name in zip(found, "ABCD", strict=True)]


def test_a_lower_threshold_changes_those_between_the_two() -> None:
    old = cohort()
    new = [patients.judged_again(one, lower()) for one in old]
    found = compare(old, new)
    assert (found.unchanged, [one.patient for one in found.changed]) == (2, ["B", "D"])
    between, mutated = found.changed
    assert (between.old, between.new) == (Eligibility.NOT_ELIGIBLE, Eligibility.ELIGIBLE)
    assert (between.old_central, between.new_central) == (CentralStatus.NOT_REQUIRED, CentralStatus.REQUIRED)
    (change,) = between.criteria
    assert (change.criterion, change.old, change.new) == ("mdm2_amplification", Status.NOT_MET, Status.MET)
    assert "the threshold is 12 copies" in change.old_reasons[0]
    assert "the threshold is 8 copies" in change.new_reasons[0]
    assert mutated.old is mutated.new is Eligibility.NOT_ELIGIBLE
    assert [one.criterion for one in mutated.criteria] == ["mdm2_amplification"]


def test_the_same_changes_nobody() -> None:
    found = compare(cohort(), cohort())
    assert (found.unchanged, found.changed) == (4, ())


def test_a_criterion_of_one_protocol_alone_is_shown() -> None:
    trial = eb.protocol()
    bare = trial.model_copy(update={"local": trial.local[:2]})
    old = [eb.patient(eb.sample(tumor_type=None))]
    (change,) = compare(old, [patients.judged_again(old[0], bare)]).changed
    (criterion,) = change.criteria
    assert (criterion.criterion, criterion.old, criterion.new) == ("tumor_type", Status.INDETERMINATE, None)


def test_patients_of_one_side_alone_are_listed() -> None:
    found = compare(cohort()[:2], cohort()[1:])
    assert (found.only_old, found.only_new) == (("A",), ("C", "D"))


def test_versions_of_one_protocol_differ_in_what_the_central_laboratory_asks() -> None:
    """2022-06 has no public central number, 2022-10 has 8 copies; local answers stay."""
    old, new = load_shipped("mantra-2", version="2022-06"), load_shipped("mantra-2", version="2022-10")
    confirmed = eb.patient(eb.sample(), eb.central(**copies(9)), trial=new)
    (change,) = compare([patients.judged_again(confirmed, old)], [confirmed]).changed
    assert (change.old_central, change.new_central) == (CentralStatus.INDETERMINATE, CentralStatus.CONFIRMED)
    assert (change.old, change.new, change.criteria) == (Eligibility.ELIGIBLE, Eligibility.ELIGIBLE, ())


def test_a_gene_that_was_not_read_is_said_under_a_protocol_that_asks_for_it(tmp_path: Path) -> None:
    decision = screen(vb.amplified_cns(tmp_path / "s.cns"), build="GRCh37")
    again = patients.judged_again(decision, load_shipped("mantra-4"))
    (call,) = [call for call in again.calls if call.criterion == "cdkn2a_loss"]
    assert (call.status, [one.code for one in call.reasons]) == (Status.INDETERMINATE, ["G016"])
    read = screen(vb.amplified_cns(tmp_path / "s.cns"), build="GRCh37", protocol="mantra-4")
    assert "G016" not in {one.code for call in read.calls for one in call.reasons}


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "lower.toml").write_text(LOWER_TEXT)
    (tmp_path / "run.jsonl").write_text("".join(map(json_report.line, cohort())))
    again = [patients.judged_again(one, lower()) for one in cohort()]
    (tmp_path / "again.jsonl").write_text("".join(map(json_report.line, again)))
    return {path.name: str(path) for path in tmp_path.iterdir()}


@pytest.mark.parametrize(
    "arguments",
    [
        ["run.jsonl", "lower.toml"],
        ["mantra-2", "lower.toml", "run.jsonl"],
        ["mantra-2", "lower.toml", "again.jsonl"],
        ["run.jsonl", "again.jsonl"],
        ["mantra-2", "again.jsonl"],
        ["mantra-2@2022-06", "lower.toml", "run.jsonl"],
    ],
)
def test_every_way_to_ask_gives_the_same(
    capsys: pytest.CaptureFixture[str], files: dict[str, str], arguments: list[str]
) -> None:
    assert run(["compare", *(files.get(one, one) for one in arguments), "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [one["patient"] for one in document["changed"]] == ["B", "D"]
    assert [one["id"] for one in document["old"] + document["new"]] == ["mantra-2", "lower"]
    assert run(["schema", "comparison"]) == 0
    schema = capsys.readouterr().out
    assert schema == SCHEMA.read_text()
    Draft202012Validator(json.loads(schema)).validate(document)


def test_the_page_and_the_table_say_who_and_why(capsys: pytest.CaptureFixture[str], files: dict[str, str]) -> None:
    assert run(["compare", files["run.jsonl"], files["lower.toml"]]) == 0
    page = capsys.readouterr().out
    assert page.startswith("2 of 4 patients change\n")
    for words in ("B  NOT ELIGIBLE -> ELIGIBLE", "D  NOT ELIGIBLE stays", "NOT MET -> MET", "old: M002", "new: M001"):
        assert words in page
    assert run(["compare", files["run.jsonl"], files["lower.toml"], "--format", "tsv"]) == 0
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [row[0] for row in rows] == ["patient", "B", "D"]
    assert {len(row) for row in rows} == {10}


KEY = "k" * 32


@pytest.fixture
def key(tmp_path: Path) -> str:
    (tmp_path / "secret.key").write_text(KEY)
    return str(tmp_path / "secret.key")


@pytest.mark.parametrize(
    "arguments",
    [
        ["run.jsonl", "lower.toml"],
        ["mantra-2", "lower.toml", "run.jsonl"],
        ["mantra-2", "lower.toml", "again.jsonl"],
        ["run.jsonl", "again.jsonl", "--protocol", "lower.toml"],
        ["mantra-2", "again.jsonl", "--protocol", "lower.toml"],
        ["mantra-2", "again.jsonl", "--protocol", "other.toml", "--protocol", "lower.toml"],
    ],
)
def test_a_protocol_of_ones_own_is_compared_under_pseudonyms(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, files: dict[str, str], key: str, arguments: list[str]
) -> None:
    (tmp_path / "other.toml").write_text(LOWER_TEXT.replace('id = "lower"', 'id = "other"'))
    typed = [files.get(one, str(tmp_path / one) if one == "other.toml" else one) for one in arguments]
    assert run(["compare", *typed, "--pseudonymise", key, "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [one["patient"] for one in document["changed"]] == [pseudonyms.pseudonym(KEY.encode(), one) for one in "BD"]


def test_a_protocol_that_does_not_ship_is_asked_for(
    capsys: pytest.CaptureFixture[str], files: dict[str, str], key: str
) -> None:
    for command in (["compare", files["run.jsonl"], files["again.jsonl"]], ["concordance", files["again.jsonl"]]):
        assert run([*command, "--pseudonymise", key]) == 2
        error = capsys.readouterr().err
        version = lower().version
        assert f"the protocol lower version {version} of A does not ship" in error
        assert "pass its file with --protocol" in error
    assert run(["concordance", files["again.jsonl"], "--pseudonymise", key, "--protocol", files["lower.toml"]]) == 0


def test_an_earlier_version_of_a_protocol_of_ones_own_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, files: dict[str, str], key: str
) -> None:
    early = parse(LOWER_TEXT, "lower.toml", version="2022-06")
    (tmp_path / "early.jsonl").write_text("".join(json_report.line(patients.judged_again(c, early)) for c in cohort()))
    arguments = ["compare", str(tmp_path / "early.jsonl"), "mantra-2", "--pseudonymise", key, "--protocol"]
    assert run([*arguments, f"{files['lower.toml']}@2022-06"]) == 0
    capsys.readouterr()
    assert run([*arguments, files["lower.toml"]]) == 2
    assert "pass that protocol's file with --protocol" in capsys.readouterr().err


def test_a_folder_called_like_a_protocol_is_in_nobodys_way(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, files: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mantra-2").mkdir()
    (tmp_path / "mantra-4").write_text("no decisions")
    for name in ("mantra-2", "mantra-2@2022-06", "mantra-4"):
        assert run(["compare", name, files["run.jsonl"]]) == 0
        assert "patients change" in capsys.readouterr().out


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("other", ["mantra-2", "run.jsonl"])
@pytest.mark.parametrize(
    ("name", "message", "remedy"),
    [
        ("lost.json", "lost.json: no such file", "check the path"),
        ("lost/run", "lost/run: no such file", "check the path"),
        ("out", "out: is a folder, not decisions", "out/decisions.jsonl"),
        ("t.vcf", "t.vcf: holds no decisions of mdm2screen", "check --format json"),
        ("empty.json", "empty.json: the file is empty", ""),
    ],
)
def test_what_is_neither_protocol_nor_decisions_is_said(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    other: str,
    name: str,
    message: str,
    remedy: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out").mkdir()
    (tmp_path / "t.vcf").write_text("##fileformat=VCFv4.2\n")
    (tmp_path / "empty.json").write_text("")
    for sides in ([name, other], [other, name]):
        assert run(["compare", *sides]) == 3
        error = capsys.readouterr().err
        assert message in error
        assert remedy in error


@pytest.mark.parametrize(
    ("arguments", "message", "code"),
    [
        (["run.jsonl", "lower.toml", "--protocol", "lower.toml"], "--protocol was given without --pseudonymise", 2),
        (["mantra-2", "lower.toml"], "are protocols, and no decisions were given", 2),
        (["run.jsonl", "lower.toml", "run.jsonl"], "decisions are given twice", 2),
        (["mantra-2", "lost", "run.jsonl"], "no protocol is called 'lost'", 4),
        (["mantra-2", "lower.toml", "lost.jsonl"], "no such file", 3),
        (["mantra-2", "lower.toml", "run.jsonl", "again.jsonl"], "decided twice: A, B, C, D", 2),
        (["run.jsonl", "again.jsonl", "--format", "html"], "a comparison has no format 'html'", 2),
    ],
)
def test_wrong_usage_is_said(
    capsys: pytest.CaptureFixture[str], files: dict[str, str], arguments: list[str], message: str, code: int
) -> None:
    assert run(["compare", *(files.get(one, one) for one in arguments)]) == code
    assert message in capsys.readouterr().err
