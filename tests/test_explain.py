"""What ``explain``, ``--version`` and the shell's completion say."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from mdm2screen import data, errors
from mdm2screen.cli import run
from mdm2screen.cli.batch_commands import SOME_FAILED
from mdm2screen.cli.screening_commands import DECISION_CODES
from mdm2screen.protocol import load_shipped, shipped
from mdm2screen.results import CentralStatus, Eligibility, Status, reason_codes
from mdm2screen.rules import RULES
from mdm2screen.version import __version__

FLAGS = data.toml("central_tests.toml")
COMMAND = str(Path(sys.executable).with_name("mdm2screen"))


def page(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(list(arguments)) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("flag", sorted(FLAGS))
def test_every_flag_is_explained_by_what_the_central_laboratory_is_asked(
    capsys: pytest.CaptureFixture[str], flag: str
) -> None:
    said = page(capsys, "explain", flag.upper())
    assert said.startswith(f"{flag}: ")
    assert FLAGS[flag]["test"] in said
    assert all(code in said for code, one in reason_codes().items() if one.flag == flag)


def test_every_answer_criterion_and_exit_code_is_explained() -> None:
    words = data.toml("words.toml")
    assert set(words["answers"]) == {*Status, *Eligibility, *CentralStatus}
    assert set(words["criteria"]) == set(RULES)
    classes = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, Exception)]
    codes = {one.exit_code for one in classes if issubclass(one, errors.Mdm2screenError)}
    assert set(map(int, words["exit_codes"])) == {*codes, *DECISION_CODES.values(), SOME_FAILED, 130}


def test_several_words_in_any_case(capsys: pytest.CaptureFixture[str]) -> None:
    said = page(capsys, "explain", "m003", "near-threshold", "required", "MDM2_amplification", "3")
    assert re.findall(r"^(\w+): (?!.*:)", said, re.MULTILINE)[:1] == ["M003"]
    assert all(f"\n{name}: " in said for name in ("near_threshold", "REQUIRED", "mdm2_amplification", "3"))


def test_without_a_word_everything_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    names = re.findall(r"^  (\S+) ", page(capsys, "explain"), re.MULTILINE)
    assert {*reason_codes(), *FLAGS, *RULES, *Status, *Eligibility, *CentralStatus, "130"} == set(names) - {
        *map(str, range(12))
    }


@pytest.mark.parametrize(("typed", "meant"), [("near_treshold", "near_threshold"), ("INDETERMINED", "INDETERMINATE")])
def test_a_typo_is_answered_by_what_was_probably_meant(
    capsys: pytest.CaptureFixture[str], typed: str, meant: str
) -> None:
    assert run(["explain", "M001", typed]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert f"{typed} cannot be explained\n  What to do: did you mean {meant}" in captured.err


def test_version_names_the_protocols_with_the_digests_of_decisions(capsys: pytest.CaptureFixture[str]) -> None:
    first, *rest = page(capsys, "--version").splitlines()
    assert first == f"mdm2screen {__version__}"
    latest = [load_shipped(name) for name in shipped()]
    assert rest == [f"protocol {one.id} {one.version} {one.digest[:12]}" for one in latest]


def completed(line: str) -> list[str]:
    """What bash is offered behind ``line``."""
    words = line.split(" ")
    given = {"_MDM2SCREEN_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    done = subprocess.run([COMMAND], env=os.environ | given, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("mdm2screen explain m00", {"m001", "m009"}),
        ("mdm2screen explain M00", {"M001", "M009"}),
        ("mdm2screen explain near", {"near_threshold"}),
        ("mdm2screen check --protocol m", {"mantra-2", "mantra-4"}),
        ("mdm2screen protocols show mantra-2@", {"mantra-2@2022-06", "mantra-2@2022-10"}),
        ("mdm2screen check --diagnosis BLC", {"BLCA"}),
        ("mdm2screen check --format j", {"json"}),
        ("mdm2screen confirm --local pur", {"purity="}),
        ("mdm2screen confirm --central tp", {"tp53_classes="}),
        ("mdm2screen check --tumor-s", {"--tumor-sample"}),
        ("mdm2screen expl", {"explain"}),
    ],
)
def test_the_shell_completes(line: str, offered: set[str]) -> None:
    found = completed(line)
    assert offered <= set(found)
    assert all(one.lower().startswith(line.rpartition(" ")[2].lower()) for one in found)


def test_pressing_tab_loads_nothing_heavy() -> None:
    line = "mdm2screen explain M0"
    given = {"_MDM2SCREEN_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": "2"}
    code = (
        "import atexit, sys\n"
        "atexit.register(lambda: print('loaded', *(m for m in ('pandas', 'pysam', 'cyvcf2') if m in sys.modules)))\n"
        "from mdm2screen.cli import main\nmain()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | given, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "loaded"
