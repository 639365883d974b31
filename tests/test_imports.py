"""What is loaded when: nobody pays for pandas, cyvcf2, pysam or rich who does not use them."""

import subprocess
import sys
from pathlib import Path

import pytest

import vcf_builder as vb
from made_vcfs import bcf_of, indexed
from mdm2screen.readers import CLASS_READERS, READERS

# The VCF reader borrows from these what is known of a producer.
_OF_VCF = ("vcf", "oncomine")
HEAVY = ("pandas", "numpy", "cyvcf2", "pysam", "rich")


def loaded(code: str, of: tuple[str, ...] = HEAVY) -> set[str]:
    """Which modules ``of`` these are loaded after running ``code`` in a fresh interpreter."""
    script = f"import sys\n{code}\nprint('loaded', *(m for m in {of!r} if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split()[1:])


def test_import_loads_nothing_heavy() -> None:
    assert loaded("import mdm2screen") == set()


def test_the_public_names_load_nothing_heavy() -> None:
    assert loaded("from mdm2screen import screen, Decision, load_protocol, TrialProtocol, InputError") == set()


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["protocols"], ["formats"], ["explain", "M003"]])
def test_commands_that_read_no_file_load_nothing_heavy(arguments: list[str]) -> None:
    assert loaded(f"from mdm2screen.cli import run\nassert run({arguments!r}) == 0") == set()


@pytest.mark.parametrize("arguments", [["--version"], ["--help"]])
def test_a_version_and_a_help_do_not_build_the_models(arguments: list[str]) -> None:
    assert loaded(f"from mdm2screen.cli import run\nassert run({arguments!r}) == 0", of=("pydantic",)) == set()


@pytest.mark.parametrize("output", ["json", "tsv"])
def test_check_of_a_text_file_loads_nothing_heavy(tmp_path: Path, output: str) -> None:
    path = vb.vcf(tmp_path / "s.vcf", vb.record("17", *vb.R175H["GRCh37"]))
    arguments = ["check", str(path), "--cn", str(vb.amplified_cns(tmp_path / "s.cns")), "--build", "GRCh37"]
    assert loaded(f"from mdm2screen.cli import run\nassert run({[*arguments, '--format', output]!r}) == 0") == set()


@pytest.mark.parametrize("packing", ["bgzf", "indexed", "gzip", "plain"])
def test_check_of_a_vcf_loads_its_own_reader_alone_however_it_is_packed(tmp_path: Path, packing: str) -> None:
    text = "".join(f"{line}\n" for line in [*vb.header(), vb.record("17", *vb.R175H["GRCh37"]), vb.somewhere_else()])
    path = tmp_path / "s.vcf.gz"
    if packing == "plain":
        path.write_text(text)
    else:
        (vb.gzipped if packing == "gzip" else vb.bgzf)(path, text.encode())
    if packing == "indexed":
        indexed(path)
    others = tuple(f"mdm2screen.readers.{name}" for name in (*READERS, *CLASS_READERS) if name not in _OF_VCF)
    for option in ([], ["--assume-sorted"]):
        arguments = ["check", str(path), *option, "--format", "json"]
        code = f"from mdm2screen.cli import run\nassert run({arguments!r}) == 0"
        assert loaded(code, of=(*HEAVY, *others, "concurrent.futures")) == set()


def test_a_bcf_loads_cyvcf2_and_what_that_brings(tmp_path: Path) -> None:
    lines = [*vb.header(), vb.record("17", *vb.R175H["GRCh37"]), vb.somewhere_else()]
    path = bcf_of("".join(f"{line}\n" for line in lines), tmp_path)
    code = f"from mdm2screen.cli import run\nassert run(['check', {str(path)!r}, '--format', 'json']) == 0"
    assert loaded(code) == {"cyvcf2", "numpy"}


def test_the_terminal_page_loads_rich_alone() -> None:
    assert loaded("from mdm2screen.cli import run\nassert run(['demo', 'demo-eligible']) == 0") == {"rich"}


@pytest.mark.parametrize("output", ["json", "tsv"])
def test_check_loads_no_model_and_no_library_of_another_command(tmp_path: Path, output: str) -> None:
    path = vb.vcf(tmp_path / "s.vcf", vb.record("17", *vb.R175H["GRCh37"]))
    arguments = ["check", str(path), "--build", "GRCh37", "--format", output]
    of_others = tuple(
        f"mdm2screen.{name}"
        for name in ("concordance", "comparing", "central_request", "run_result", "runs", "cohort", "reports.wording")
    )
    not_needed = ("multiprocessing", "logging", *(of_others if output == "json" else ()))
    assert loaded(f"from mdm2screen.cli import run\nassert run({arguments!r}) == 0", of=not_needed) == set()


def test_a_named_command_loads_no_other() -> None:
    of = tuple(f"mdm2screen.cli.{name}_commands" for name in ("batch", "confirmation", "screening", "protocol"))
    assert loaded("from mdm2screen.cli import run\nassert run(['explain', 'M003']) == 0", of=of) == set()
    assert loaded("from mdm2screen.cli import run\nassert run(['--help']) == 0", of=of) == set(of)
