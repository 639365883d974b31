"""The documents say what the program does."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from mdm2screen import callability
from mdm2screen.cli import run
from mdm2screen.protocol import load_shipped, parse, shipped, shipped_text
from mdm2screen.records import Build
from mdm2screen.reports import REPORTS
from mdm2screen.results import reason_codes
from mdm2screen.samplesheet import COLUMNS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
DOCS = {path.name: path.read_text() for path in sorted((ROOT / "docs").glob("*.md"))}


def test_the_answer_shown_in_the_readme_is_the_demos(capsys: pytest.CaptureFixture[str]) -> None:
    run(["demo", "demo-indeterminate"])
    page = capsys.readouterr().out.splitlines()
    shown = re.search(r"```text\n(.*?)```", README, re.DOTALL)
    assert shown is not None
    lines = [line for line in shown[1].splitlines() if line != "..."]
    assert lines == [line for line in page if line in lines]


def test_ci_runs_the_commands_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text()
    commands = re.findall(r"^python3 -m venv .*$", README, re.MULTILINE)
    assert len(commands) == 2
    for command in commands:
        wanted = next(end for end in ("mdm2screen demo", "-m pytest") if command.endswith(end))
        assert f"readme_command '{wanted}'" in script


def test_every_option_in_the_readme_exists(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("check", "batch", "confirm", "request", "compare"):
        run([command, "--help"])
    known = capsys.readouterr().out
    options = set(re.findall(r"(?<=[ `(/])--[a-z][a-z-]+", README))
    assert options - {"--debug"} <= set(re.findall(r"--[a-z-]+", known))


def test_the_python_example_of_the_readme_runs(tmp_path: Path) -> None:
    import vcf_builder as vb

    vb.vcf(tmp_path / "sample.vcf.gz", vb.record("17", 7579472, "G", "C"))
    vb.amplified_cns(tmp_path / "sample.cns")
    example = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert example is not None
    done = subprocess.run([sys.executable, "-c", example[1]], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[0] == "ELIGIBLE Eligible on local testing; the central laboratory must confirm"


def test_the_example_of_embedding_a_run_runs_and_is_typed(tmp_path: Path) -> None:
    import run_builder as rb

    rb.run(tmp_path, 4)
    example = re.search(r"```python\n(.*?)```", DOCS["batch.md"], re.DOTALL)
    assert example is not None
    (tmp_path / "example.py").write_text(example[1])
    done = subprocess.run([sys.executable, "example.py"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["P0000", "P0003"]
    given = ["--strict", "--config-file", "", "--cache-dir", str(tmp_path / "cache"), str(tmp_path / "example.py")]
    checked = subprocess.run([sys.executable, "-m", "mypy", *given], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_columns_of_the_samplesheet_are_those_of_the_docs() -> None:
    section = DOCS["batch.md"].partition("| column | meaning |")[2].partition("Rows of one patient")[0]
    named = {
        name
        for line in section.splitlines()
        for name in re.findall(r"`(\w+)`", line.split("|")[1] if "|" in line else "")
    }
    assert named - {"date"} == set(COLUMNS)


@pytest.mark.parametrize("name", sorted(DOCS))
def test_every_reason_code_named_in_the_docs_exists(name: str) -> None:
    assert set(re.findall(r"\b[MTGDCS]\d{3}\b", DOCS[name])) <= set(reason_codes())


def test_numbers_in_the_docs_are_those_of_the_program() -> None:
    calls = DOCS["calls.md"]
    local, central = (
        side[0].model_dump() for side in (load_shipped("mantra-2").local, load_shipped("mantra-2").central)
    )
    assert f"copies >= {local['copies_min']['value']:g} or fold >= {local['fold_min']['value']:g}" in calls
    assert f"Central: copies >= {central['copies_min']['value']:g}" in calls
    purity, ploidy = local["purity_range"], local["ploidy_range"]
    assert f"purity {purity['low']} to {purity['high']}, ploidy {ploidy['low']} to {ploidy['high']}" in calls
    assert f"all {callability.of_whole_assay('wes').bases:,} coding and splice-site bases" in calls
    assert sum(map(len, callability.required_bases(Build.GRCH37).values())) == 1220


def test_the_amendment_shown_is_a_valid_one() -> None:
    shown = re.search(r"```toml\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(), re.DOTALL)
    assert shown is not None
    trial = parse(f"{shipped_text('mantra-2', '2022-06')}\n{shown[1]}", "shown")
    assert [one.version for one in trial.versions] == ["2022-06", "2022-10"]
    assert [rule.criterion for rule in trial.local] == ["mdm2_amplification", "tp53_wild_type"]


def test_every_shipped_protocol_is_in_the_readme() -> None:
    assert all(f"| `{identifier}` |" in README for identifier in shipped())


def test_the_layers_in_the_docs_are_those_that_are_checked() -> None:
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    checked = [re.findall(r"(?<!\()mdm2screen\.(\w+)", layer) for layer in contract["layers"]]
    shown = re.search(r"^    cli > .*?\n\n", DOCS["design.md"], re.DOTALL | re.MULTILINE)
    assert shown is not None
    assert [layer.split("|") for layer in re.sub(r"\s", "", shown[0]).split(">")] == checked


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", *(f"docs/{name}" for name in DOCS)])
def test_links_lead_somewhere(name: str) -> None:
    path = ROOT / name
    for target in re.findall(r"\]\((?!http)([^)#]+)", path.read_text()):
        assert (path.parent / target).exists(), target


def test_outputs_are_named_in_the_readme() -> None:
    assert all(f"--format {name}" in README for name in REPORTS if name != "terminal")
