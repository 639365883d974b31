"""The pages of docs/ cannot part from the program: what is generated, shown, named or linked is checked."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

import mdm2screen
from mdm2screen import data
from mdm2screen.cli import app, run
from mdm2screen.cli.help_page import ABOUT, HEADINGS
from mdm2screen.protocol import shipped
from mdm2screen.readers import formats
from mdm2screen.results import reason_codes

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md"))]
BIN = Path(sys.executable).parent


def test_generated_pages_are_those_of_the_program_now() -> None:
    check = [sys.executable, str(DOCS / "generate.py"), "--check"]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0), "run: python docs/generate.py"


def commands(command: Any = None, path: str = "mdm2screen") -> Iterator[tuple[str, Any]]:
    """Every command by what a person types."""
    command = command or get_command(app())
    yield path, command
    for name, below in getattr(command, "commands", {}).items():
        yield from commands(below, f"{path} {name}")


COMMANDS = dict(commands())


def section(page: str, heading: str) -> str:
    """What stands under a heading of the second level."""
    found = re.search(rf"^## `{re.escape(heading)}`\n(.*?)(?=^## |\Z)", page, re.DOTALL | re.MULTILINE)
    assert found is not None, f"no section {heading}"
    return found[1]


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_and_option_is_documented_and_has_help(path: str) -> None:
    part = section((DOCS / "commands.md").read_text(), path)
    named = set(re.findall(r"^\| (`-.*?`) \|", part, re.MULTILINE))
    options = [one for one in COMMANDS[path].params if one.param_type_name == "option"]
    assert named == {", ".join(f"`{word}`" for word in one.opts) for one in options}
    assert all(one.help for one in COMMANDS[path].params)
    assert path == "mdm2screen" or COMMANDS[path].help


@pytest.mark.parametrize("path", COMMANDS)
def test_help_fits_eighty_columns(path: str) -> None:
    command = [str(BIN / "mdm2screen"), *path.split()[1:], "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={"COLUMNS": "80"})
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_help_shows_every_option_under_one_heading_and_examples_as_typed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--help"]) == 0
    page = capsys.readouterr().out
    assert re.findall(r"^(\w.*):$", page, re.MULTILINE) == [
        "Arguments",
        "Files",
        "The tumor (leave out what you do not know: it is never guessed)",
        "How files are read",
        "The trial's rules",
        "Output",
        "Options",
        "Examples",
    ]
    shown = re.findall(r"^  (--[\w-]+)", page, re.MULTILINE)
    options = [one for one in COMMANDS["mdm2screen check"].params if one.param_type_name == "option"]
    assert sorted(shown) == sorted(one.opts[0] for one in options)
    examples = re.sub(r"\\\n\s+", "", page.partition("Examples:\n")[2]).splitlines()
    assert [line.strip() for line in examples] == list(ABOUT["check"].examples)


def test_headings_name_options_that_exist_and_no_option_twice() -> None:
    names = [name for group in HEADINGS.values() for name in group]
    assert len(names) == len(set(names))
    assert set(names) <= {one.name for command in COMMANDS.values() for one in command.params}


def test_the_list_of_commands_is_not_cut(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    page = capsys.readouterr().out
    assert "..." not in page.partition("Commands:")[2]
    assert all(about.short in page for about in ABOUT.values())


def test_every_name_code_flag_protocol_and_format_has_its_section() -> None:
    def headings(name: str) -> set[str]:
        return set(re.findall(r"^##+ `(.+)`$", (DOCS / name).read_text(), re.MULTILINE))

    assert headings("python.md") == set(mdm2screen.__all__)
    assert headings("formats.md") == {one.name for one in formats()}
    assert {*reason_codes(), *data.toml("central_tests.toml")} <= headings("reasons.md")
    assert {one for one in headings("protocols.md") if "@" not in one} == set(shipped())


def _numbers(content: Any) -> Iterator[dict[str, Any]]:
    if isinstance(content, dict):
        if "source" in content and "unit" in content and ("value" in content or "low" in content):
            yield content
        for below in content.values():
            yield from _numbers(below)
    elif isinstance(content, list):
        for below in content:
            yield from _numbers(below)


@pytest.mark.parametrize("identifier", shipped())
def test_every_number_of_a_protocol_stands_with_unit_and_source(identifier: str) -> None:
    part = (DOCS / "protocols.md").read_text().replace("\\", "")
    numbers = list(_numbers(data.toml(f"protocols/{identifier}.toml")))
    assert numbers
    for one in numbers:
        if "warn_above" in one:
            shown = f"{one['low']:g} to {one['high']:g}; pointed out above {one['warn_above']:g} ({one['unit']}; "
        else:
            value = one["value"] if "value" in one else f"{one['low']:g} to {one['high']:g}"
            shown = f"| {f'{value:g}' if isinstance(value, float) else value} | {one['unit']} | "
        assert shown + one["source"] in part


def _anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", path.read_text(), flags=re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_lead_to_a_file_and_a_heading_that_exist(path: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", path.read_text()):
        name, _, anchor = target.partition("#")
        there = (path.parent / name) if name else path
        assert there.exists(), target
        assert not anchor or anchor in _anchors(there), target


def _blocks(text: str) -> Iterator[str]:
    """Code of a page: fenced or indented, lines that go on joined."""
    fenced = re.findall(r"^ *```(?:sh|console|bash)\n(.*?)^ *```", text, re.DOTALL | re.MULTILINE)
    indented = re.findall(r"^ {4}(?! )(\S.*)$", text, re.MULTILINE)
    yield from (re.sub(r"\\\n\s*", " ", block) for block in [*fenced, *indented])


def _typed() -> Iterator[tuple[str, str]]:
    for path in PAGES:
        for block in _blocks(path.read_text()):
            for line in block.splitlines():
                found = re.match(r"(?:\$ )?(?:\.venv/bin/)?(mdm2screen [a-z].*)", line.strip())
                if found:
                    yield path.name, found[1]


TYPED = list(dict.fromkeys(_typed()))


@pytest.mark.parametrize(("page", "line"), TYPED)
def test_every_command_shown_is_one_that_parses(page: str, line: str) -> None:
    del page
    words = shlex.split(line, comments=True)
    cut = next((at for at, word in enumerate(words) if word in (">", "|", "&&", ";", "2>")), len(words))
    words = words[1:cut]
    path = "mdm2screen"
    while words and f"{path} {words[0]}" in COMMANDS:
        path = f"{path} {words.pop(0)}"
    assert path != "mdm2screen", line
    words = [word for word in words if word not in ("...", "…")]
    COMMANDS[path].make_context(path, words).close()


def test_many_commands_are_shown() -> None:
    assert len(TYPED) > 30


TUTORIAL = re.findall(r"^```console\n(.*?)^```", (DOCS / "tutorial.md").read_text(), re.DOTALL | re.MULTILINE)


def test_the_tutorial_shows_what_its_commands_print(tmp_path: Path) -> None:
    (tmp_path / "src").symlink_to(ROOT / "src")
    (tmp_path / "end").write_text("")
    steps = [step.partition("\n") for block in TUTORIAL for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]]
    assert len(steps) > 8
    script = "set -e\n" + "".join(f"{line}\necho ==end of step==\n" for line, _, _ in steps)
    given = {"PATH": f"{BIN}:/usr/bin:/bin", "COLUMNS": "80", "LC_ALL": "C"}
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, env=given, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    printed = done.stdout.split("==end of step==\n")
    for (line, _, shown), output in zip(steps, printed, strict=False):
        pattern = "".join(".*" if row == "..." else re.escape(f"{row}\n") for row in shown.splitlines())
        assert re.fullmatch(pattern, output, re.DOTALL), line


def test_the_pages_build_without_a_warning(tmp_path: Path) -> None:
    pytest.importorskip("sphinx", reason="the extra 'docs' is not installed")
    build = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", str(DOCS), str(tmp_path / "built")]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert (done.stderr, done.returncode) == ("", 0)
    assert (tmp_path / "built" / "python.html").exists()
