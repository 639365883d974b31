"""Workflows beyond one machine: Snakemake is run, what cannot be run here is checked against the command line."""

import csv
import importlib.util
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from mdm2screen import __version__
from mdm2screen.cli import run

ROOT = Path(__file__).parents[1]
WORKFLOWS = ROOT / "workflows"
DEMO = ROOT / "src" / "mdm2screen" / "data" / "demo"
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
SNAKEFILE = WORKFLOWS / "snakemake" / "Snakefile"
NEXTFLOW = WORKFLOWS / "nextflow"
PROCESSES = {path.parent.name: path for path in sorted((NEXTFLOW / "modules").rglob("main.nf"))}

needs_snakemake = pytest.mark.skipif(
    importlib.util.find_spec("snakemake") is None,
    reason="snakemake is not installed; pip install -e '.[dev,workflows]'",
)


def environment() -> dict[str, str]:
    """The commands of this Python first, so that a workflow starts this mdm2screen."""
    return {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


def called(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*map(str, arguments)], cwd=folder, env=environment(), capture_output=True, text=True, check=False
    )


def snakemake(folder: Path, *settings: str) -> subprocess.CompletedProcess[str]:
    command = (sys.executable, "-m", "snakemake", "--snakefile", SNAKEFILE, "--cores", "2", "--scheduler", "greedy")
    return called(*command, "--config", "samplesheet=demo run.csv", *settings, folder=folder)


HOSTILE = '-it\'s; $(exit 7) "two"'
"""A name that shells would mangle."""


def demo_run(folder: Path) -> Path:
    """The demo's patients as a samplesheet, one whose file is missing among them."""
    about = tomllib.loads((DEMO / "demo.toml").read_text())
    rows = []
    for name, one in about.items():
        vcf, cn = (os.path.relpath(DEMO / file, folder) for file in one["files"])
        rows.append(
            {"patient": name, "vcf": vcf, "cn": cn, "build": one.get("build", "")}
            | {column: one[column] for column in ("assay", "diagnosis")}
        )
    rows[1]["patient"] = HOSTILE
    rows.insert(1, {"patient": "lost", "vcf": "lost.vcf", "build": "GRCh37"})
    sheet = folder / "demo run.csv"
    with sheet.open("w", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0], restval="")
        writer.writeheader()
        writer.writerows(rows)
    return sheet


@needs_snakemake
def test_snakemake_gives_the_bytes_of_a_single_batch(tmp_path: Path) -> None:
    sheet = demo_run(tmp_path)
    single = called("mdm2screen", "batch", sheet, "--out", "single", folder=tmp_path)
    assert single.returncode == 5, single.stderr
    done = snakemake(tmp_path, "patients_per_job=3")
    assert done.returncode == 0, done.stderr
    for name in ("decisions.jsonl", "summary.tsv", "failures.tsv"):
        assert (tmp_path / "results" / "run" / name).read_bytes() == (tmp_path / "single" / name).read_bytes(), name
    failures = (tmp_path / "results" / "run" / "failures.tsv").read_text().splitlines()
    assert [line.split("\t")[0] for line in failures[1:]] == ["lost"]


@needs_snakemake
def test_snakemake_does_again_only_what_changed(tmp_path: Path) -> None:
    sheet = demo_run(tmp_path)
    first = snakemake(tmp_path)
    assert first.returncode == 0, first.stderr
    assert screened(first) == 4
    assert "Nothing to be done" in snakemake(tmp_path).stderr
    (tmp_path / "lost.vcf").write_bytes((DEMO / "demo-indeterminate.vcf").read_bytes())
    repaired = snakemake(tmp_path)
    assert repaired.returncode == 0, repaired.stderr
    assert screened(repaired) == 1
    assert patients_of_run(tmp_path)[:2] == ["demo-eligible", "lost"]
    sheet.write_text("\n".join(line for line in sheet.read_text().splitlines() if not line.startswith("lost")) + "\n")
    shorter = snakemake(tmp_path)
    assert shorter.returncode == 0, shorter.stderr
    assert patients_of_run(tmp_path) == ["demo-eligible", HOSTILE, "demo-indeterminate"]


def screened(done: subprocess.CompletedProcess[str]) -> int:
    """Jobs that screened."""
    return len(re.findall(r"^(?:local)?rule screen:", done.stdout + done.stderr, re.MULTILINE))


def patients_of_run(folder: Path) -> list[str]:
    lines = (folder / "results" / "run" / "decisions.jsonl").read_text().splitlines()
    return [json.loads(line)["patient"] for line in lines]


@needs_snakemake
def test_snakemake_an_unknown_setting_is_named(tmp_path: Path) -> None:
    done = snakemake(tmp_path, "samplesheets=x.csv")
    assert done.returncode != 0
    message = "unknown setting samplesheets; known: samplesheet, out, protocol, patients_per_job"
    assert message in done.stdout + done.stderr


@needs_snakemake
def test_snakemake_a_faulty_sheet_stops_before_any_job(tmp_path: Path) -> None:
    sheet = demo_run(tmp_path)
    sheet.write_text(sheet.read_text().replace("patient,", "patient,ploidity,", 1))
    done = snakemake(tmp_path)
    assert done.returncode != 0
    assert "unknown column 'ploidity'; did you mean ploidy?" in done.stdout + done.stderr
    assert not (tmp_path / "results").exists()


@needs_snakemake
def test_snakemake_an_unusable_protocol_is_a_failed_job(tmp_path: Path) -> None:
    demo_run(tmp_path)
    done = snakemake(tmp_path, "protocol=mantra-22", "patients_per_job=9")
    assert done.returncode != 0
    logs = "".join(path.read_text() for path in (tmp_path / "results" / "logs").iterdir())
    assert "mantra-22" in logs


def options_of(command: str, capsys: pytest.CaptureFixture[str]) -> set[str]:
    run([command, "--help"])
    return set(re.findall(r"--[a-z][a-z0-9-]+", capsys.readouterr().out))


def section(text: str, name: str) -> str:
    """A section of a process, from its label to the next."""
    found = re.search(rf"^    {name}:\n(.*?)(?=^    [a-z]+:$|^\}})", text, re.DOTALL | re.MULTILINE)
    assert found is not None, name
    return found[1]


def test_nextflow_has_a_process_for_each_command() -> None:
    assert list(PROCESSES) == ["batch", "check", "gather"]


@pytest.mark.parametrize("command", PROCESSES)
def test_nextflow_processes_use_options_that_exist(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    if command != "check" and importlib.util.find_spec("mdm2screen.cli.batch_commands") is None:
        pytest.skip("this mdm2screen has no command batch")
    script = section(PROCESSES[command].read_text(), "script")
    assert f"\n    mdm2screen {command} \\\\\n" in script
    used = set(re.findall(r"--[a-z][a-z0-9-]+", script)) - {"--version"}
    assert used
    assert used <= options_of(command, capsys)


@pytest.mark.parametrize("command", PROCESSES)
def test_nextflow_processes_are_built_as_those_of_nf_core(command: str) -> None:
    text = PROCESSES[command].read_text()
    assert re.search(rf"^process MDM2SCREEN_{command.upper()} \{{$", text, re.MULTILINE)
    assert f'container "mdm2screen:{__version__}"' in text
    assert 'conda "${moduleDir}/../environment.yml"' in text
    assert "task.ext.when == null || task.ext.when" in section(text, "when")
    assert 'path "versions.yml"' in section(text, "output")
    for part in ("script", "stub"):
        # versions.yml is written in both, and is what nf-core gathers.
        assert section(text, part).count("versions.yml") == 1, part
        assert "mdm2screen: \\$(mdm2screen --version | sed -n '1s/.* //p')" in section(text, part)
    if command != "gather":
        assert "tuple val(meta)" in section(text, "input")
    if command != "check":
        # Failed patients are data: exit code 5 is not the task's.
        assert "|| [ \\$? -eq 5 ]" in section(text, "script")


def test_nextflow_and_snakemake_have_the_same_settings() -> None:
    config = (NEXTFLOW / "nextflow.config").read_text()
    params = re.search(r"^params \{\n(.*?)^\}", config, re.DOTALL | re.MULTILINE)
    assert params is not None
    nextflow = dict(re.findall(r"^ +(\w+) += (.*)$", params[1], re.MULTILINE))
    snake = dict(re.findall(r"^(\w+): (.*)$", (SNAKEFILE.parent / "config.yaml").read_text(), re.MULTILINE))
    assert nextflow.keys() == snake.keys()
    for name in nextflow.keys() - {"samplesheet"}:
        assert nextflow[name].strip("'") == snake[name], name
    used = set(re.findall(r"params\.(\w+)", (NEXTFLOW / "main.nf").read_text() + config))
    assert used == nextflow.keys()
    shown = (SNAKEFILE.parent / "README.md").read_text()
    assert set(re.findall(r"^\| `(\w+)` \|", shown, re.MULTILINE)) == snake.keys()


def test_nextflow_includes_modules_that_exist() -> None:
    main = (NEXTFLOW / "main.nf").read_text()
    included = re.findall(r"^include \{ (\w+) +\} from '(\./[\w/]+)'$", main, re.MULTILINE)
    assert [name for name, _ in included] == ["MDM2SCREEN_BATCH", "MDM2SCREEN_GATHER"]
    for name, path in included:
        assert f"process {name} {{" in (NEXTFLOW / f"{path}.nf").read_text()


def test_versions_outside_the_package_are_its_own() -> None:
    places = {
        NEXTFLOW / "nextflow.config": r"version +=\s'([\d.]+)'$",
        NEXTFLOW / "README.md": r"mdm2screen:([\d.]+\d)",
        NEXTFLOW / "modules/local/mdm2screen/environment.yml": r"mdm2screen=([\d.]+)",
        ROOT / "conda/recipe.yaml": r'^  version: "([\d.]+)"$',
        ROOT / "Dockerfile": r"mdm2screen:([\d.]+\d)",
        ROOT / "docs/pipelines.md": r"mdm2screen:([\d.]+\d)",
    }
    for path, pattern in places.items():
        assert set(re.findall(pattern, path.read_text(), re.MULTILINE)) == {__version__}, path


def requirements(kind: str) -> set[str]:
    """Requirements of the conda recipe, written as pip would."""
    recipe = (ROOT / "conda" / "recipe.yaml").read_text()
    listed = re.search(rf"^  {kind}:\n((?:    - .*\n)+)", recipe, re.MULTILINE)
    assert listed is not None
    return {line.removeprefix("    - ").replace(" ", "") for line in listed[1].splitlines()}


def test_the_conda_recipe_needs_what_the_package_needs() -> None:
    python = f"python{PYPROJECT['requires-python']}"
    renamed = {"isal": "python-isal"}  # as conda-forge calls it
    needed = {re.sub(r"^\w+", lambda match: renamed.get(match[0], match[0]), one) for one in PYPROJECT["dependencies"]}
    assert requirements("run") == {python, *needed}
    build = tomllib.loads((ROOT / "pyproject.toml").read_text())["build-system"]["requires"]
    assert requirements("host") == {python, "pip", *build}
    recipe = (ROOT / "conda" / "recipe.yaml").read_text()
    assert [f"{name} = {entry}" for name, entry in PYPROJECT["scripts"].items()] == re.findall(
        r"^      - (\w+ = [\w.:]+)$", recipe, re.MULTILINE
    )
    assert f"summary: {PYPROJECT['description']}" in recipe
    assert f"license: {PYPROJECT['license']}" in recipe
    assert re.findall(r"^    - ([A-Z]+)$", recipe, re.MULTILINE) == PYPROJECT["license-files"]


def test_the_dockerfile_pins_python_and_runs_without_rights() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    images = [line.split()[1] for line in lines if line.startswith("FROM ")]
    (version,) = {match[1] for image in images if (match := re.fullmatch(r"python:(3\.\d+)-slim", image))}
    assert f"Programming Language :: Python :: {version}" in PYPROJECT["classifiers"]
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users == ["screener"]
    assert not any(line.startswith("ENTRYPOINT") for line in lines)


def test_the_dockerfile_copies_what_a_build_needs() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    copied = {
        word.removeprefix("./")
        for line in lines
        if line.startswith("COPY ") and "--from" not in line
        for word in line.split()[1:-1]
    }
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert copied == allowed == {"pyproject.toml", "src", PYPROJECT["readme"], *PYPROJECT["license-files"]}
    assert all((ROOT / name).exists() for name in copied)
