"""The command as a person types it: results on stdout, the rest on stderr, exit codes."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import mdm2screen
import slow_file
import vcf_builder as vb
from mdm2screen.cli import run
from mdm2screen.protocol import shipped_text
from mdm2screen.results import reason_codes
from mdm2screen.screening import demo_patients

COMMAND = [sys.executable, "-c", "from mdm2screen.cli import main; main()"]


def output(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert run([str(a) for a in arguments]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    vcf = vb.vcf(tmp_path / "s.vcf", vb.record("17", 7579472, "G", "C"))
    return [str(vcf), "--cn", str(vb.amplified_cns(tmp_path / "s.cns")), "--build", "GRCh37"]


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert output(capsys, "--version").splitlines()[0] == f"mdm2screen {mdm2screen.__version__}"


def test_a_long_page_reaches_a_slow_reader_whole_and_the_exit_code_is_kept(files: list[str]) -> None:
    with subprocess.Popen([*COMMAND, "schema"], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        time.sleep(1)  # the pipe is full: what is left has to wait in the process
        assert json.loads(process.stdout.read())["title"] == "mdm2screen decision"
    assert process.returncode == 0
    asked = [*COMMAND, "check", *files, "--exit-code"]
    assert subprocess.run(asked, stdout=subprocess.DEVNULL, check=False).returncode == 11


def test_the_process_ends_without_taking_itself_apart(files: list[str]) -> None:
    code = "import atexit; atexit.register(print, 'taken apart'); from mdm2screen.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code, "check", *files], capture_output=True, text=True, check=True)
    assert "TP53" in done.stdout
    assert "taken apart" not in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_no_success(files: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*COMMAND, "check", *files], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode != 0
    assert "No space left" in done.stderr


def test_demo_shows_an_eligible_a_not_eligible_and_an_indeterminate_patient(capsys: pytest.CaptureFixture[str]) -> None:
    lines = output(capsys, "demo", "--format", "tsv").splitlines()
    columns = lines[0].split("\t")
    rows = [dict(zip(columns, line.split("\t"), strict=True)) for line in lines[1:]]
    assert [row["eligibility"] for row in rows] == ["ELIGIBLE", "NOT_ELIGIBLE", "INDETERMINATE"]
    assert rows[1]["tp53_variants"] == "p.Arg175His"
    page = output(capsys, "demo")
    for words in ("ELIGIBLE on local testing", "NOT ELIGIBLE: TP53 is not wild-type", "INDETERMINATE: MDM2 ampl"):
        assert words in page


def test_one_demo_patient(capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(output(capsys, "demo", "demo-eligible", "--format", "json"))["eligibility"] == "ELIGIBLE"
    assert run(["demo", "demo-lost"]) == 2
    assert "choose one of: demo-eligible" in capsys.readouterr().err


def test_json_keeps_to_the_published_schema(capsys: pytest.CaptureFixture[str], files: list[str]) -> None:
    schema = json.loads(output(capsys, "schema"))
    decision = json.loads(output(capsys, "check", *files, "--format", "json"))
    Draft202012Validator.check_schema(schema)
    assert list(Draft202012Validator(schema).iter_errors(decision)) == []
    kept = Path(__file__).parents[1] / "schema" / "decision-1.1.json"
    assert json.loads(kept.read_text()) == schema


def test_counts_of_records_are_in_the_json(capsys: pytest.CaptureFixture[str], files: list[str]) -> None:
    inputs = json.loads(output(capsys, "check", *files, "--format", "json"))["inputs"]
    vcf = next(file for file in inputs if file["format"] == "vcf")
    assert vcf["records"] == {"total": 2, "in_windows": 1, "used": 1, "dropped": {}}


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((), 11),
        (("--assay", "wes", "--diagnosis", "BLCA"), 0),
        (("--assay", "wes", "--diagnosis", "GB"), 10),
    ],
)
def test_exit_code_of_the_decision(files: list[str], options: tuple[str, ...], code: int) -> None:
    assert run(["check", *files, *options, "--exit-code"]) == code
    assert run(["check", *files, *options]) == 0


def test_protocols(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rows = [line.split("\t") for line in output(capsys, "protocols").splitlines()]
    (mantra_2,) = [row for row in rows if row[0] == "mantra-2"]
    assert (mantra_2[1:3], mantra_2[4]) == (["2022-10", "terminated"], "2022-06, 2022-10")
    assert output(capsys, "protocols", "show", "mantra-2") == shipped_text("mantra-2")
    mine = tmp_path / "mine.toml"
    mine.write_text(shipped_text("mantra-2"))
    said = output(capsys, "protocols", "validate", mine)
    assert "mine.toml is a valid protocol: mantra-2 version 2022-10, digest" in said
    assert "It holds 2 versions: 2022-06 (2022-06-03), 2022-10 (2022-10-26)." in said


def test_protocols_show_one_version_is_a_protocol_of_its_own(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(output(capsys, "protocols", "show", "mantra-2@2022-06"))
    said = output(capsys, "protocols", "validate", mine)
    assert "mantra-2 version 2022-06" in said
    assert "versions" not in said


def test_formats_lists_every_reader_with_what_its_silence_means(capsys: pytest.CaptureFixture[str]) -> None:
    from mdm2screen.readers import CLASS_READERS, READERS

    page = output(capsys, "formats")
    for word in ("answers:", "silence:", "documented:"):
        assert page.count(f"\n  {word}") == len(READERS) + len(CLASS_READERS)
    assert "\n  cannot:     how many copies beyond 20" in page
    assert "\n  silence:    neutral is not written; genemetrics writes no row" in page
    assert max(len(line) for line in page.splitlines() if "http" not in line) <= 100


@pytest.mark.parametrize("code", sorted(reason_codes()))
def test_every_reason_code_is_explained(capsys: pytest.CaptureFixture[str], code: str) -> None:
    page = output(capsys, "explain", code.lower())
    assert page.startswith(f"{code}: ")
    entry = reason_codes()[code]
    assert entry.meaning in page
    assert (entry.resolve or "") in page


def test_an_unknown_reason_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "Z999"]) == 2
    assert "Z999 cannot be explained" in capsys.readouterr().err


def test_no_arguments_show_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    captured = capsys.readouterr()
    assert "check" in captured.out
    assert captured.err == ""


def test_all_demo_patients_as_json_are_one_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert [one["patient"] for one in json.loads(output(capsys, "demo", "--format", "json"))] == list(demo_patients())


def test_help_of_check_says_what_every_option_is_for(capsys: pytest.CaptureFixture[str]) -> None:
    page = output(capsys, "check", "--help")
    for option in ("--cn", "--assay", "--diagnosis", "--build", "--purity", "--tumor-sample", "--format"):
        assert option in page


def test_colors_only_where_a_terminal_is(files: list[str]) -> None:
    done = subprocess.run([*COMMAND, "check", *files], capture_output=True, text=True, check=True)
    assert "\x1b" not in done.stdout
    assert done.stderr == ""


def test_a_reader_that_closes_early_is_no_fault() -> None:
    running = subprocess.Popen([*COMMAND, "demo"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.close()
    assert running.wait() == 0
    assert running.stderr.read() == b""
    running.stderr.close()


def test_interrupted(tmp_path: Path) -> None:
    (tmp_path / "slow.vcf").touch()
    variables = slow_file.environment(tmp_path / "slow", "slow.vcf")
    # a shell that runs CI in the background makes its children ignore the interrupt
    listen = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    command = [sys.executable, "-c", listen + COMMAND[-1], "check", str(tmp_path / "slow.vcf")]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, env=variables)
    while not slow_file.readers(tmp_path / "slow"):
        assert running.poll() is None
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=20)
    assert running.returncode == 130
    assert err == b"mdm2screen: interrupted\n"


def test_the_specimen_is_stated_on_the_command_line(capsys: pytest.CaptureFixture[str], files: list[str]) -> None:
    answers = [json.loads(output(capsys, "check", *files, "--assay", "wes", "--format", "json", *more)) for more in (
        (), ("--specimen", "plasma"),
    )]  # fmt: skip
    assert [answer["specimen"] for answer in answers] == [None, "plasma"]
    assert ["T039" in str(answer["calls"]) for answer in answers] == [False, True]
