"""--assume-sorted: quick where TP53 is refuted, and never a wild-type for which only the user's word speaks."""

import json
from pathlib import Path

import pytest

import vcf_builder as vb
from mdm2screen import UsageError, load_protocol, patients, read_sample, screen
from mdm2screen.cli import run
from mdm2screen.decision import Decision
from mdm2screen.protocol import parse, shipped_text
from mdm2screen.results import Status

ORDER = ["##contig=<ID=1>"]
N235S = (7577577, "T", "C")
BISECTED = "bisected, taken to be sorted as --assume-sorted says"


def lines(*, displaced: bool, variant: bool = True) -> list[str]:
    """A sorted list of 400 records; R175H in its place, or at the very end behind chromosome 20."""
    before = [vb.record(contig, 1_000_000 + 50 * n, "A", "G") for contig in ("1", "12") for n in range(150)]
    after = [vb.record("17", 50_000_000 + 50 * n, "A", "G") for n in range(50)]
    after += [vb.record("20", 1_000_000 + 50 * n, "A", "G") for n in range(50)]
    r175h = [vb.record("17", *vb.R175H["GRCh37"])] if variant else []
    records = [*before, *after, *r175h] if displaced else [*before, *r175h, *after]
    return [*vb.header(extra=ORDER), *records]


def made(path: Path, *, displaced: bool, variant: bool = True) -> Path:
    content = "".join(f"{line}\n" for line in lines(displaced=displaced, variant=variant)).encode()
    if path.suffix == ".gz":
        return vb.bgzf(path, content, block=600)
    path.write_bytes(content)
    return path


def tp53(decision: Decision) -> Status:
    return next(call.status for call in decision.calls if call.criterion == "tp53_wild_type")


@pytest.fixture(autouse=True)
def _small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    from mdm2screen.readers import vcf_bisect

    monkeypatch.setattr(vcf_bisect, "_CLOSE_ENOUGH", 600)
    monkeypatch.setattr(vcf_bisect, "_STEP", 600)


@pytest.mark.parametrize("name", ["sorted.vcf.gz", "sorted.vcf"])
def test_a_variant_that_decides_is_found_by_bisection_and_the_result_says_so(tmp_path: Path, name: str) -> None:
    decision = screen(made(tmp_path / name, displaced=False), assay="wes", assume_sorted=True)
    assert tp53(decision) is Status.NOT_MET
    assert decision.inputs[0].way == BISECTED
    assert decision.inputs[0].records.total is None


@pytest.mark.parametrize("name", ["displaced.vcf.gz", "displaced.vcf"])
def test_a_displaced_variant_that_bisection_misses_still_decides(tmp_path: Path, name: str) -> None:
    path = made(tmp_path / name, displaced=True)
    decision = screen(path, assay="wes", assume_sorted=True)
    assert tp53(decision) is Status.NOT_MET
    assert decision.calls == screen(path, assay="wes").calls
    assert decision.inputs[0].way.endswith("searched")
    assert (
        "--assume-sorted: bisection showed no TP53 variant that decides: all was searched" in decision.inputs[0].notes
    )


def test_wild_type_is_never_said_without_every_record_read(tmp_path: Path) -> None:
    path = made(tmp_path / "wild.vcf.gz", displaced=False, variant=False)
    decision = screen(path, assay="wes", assume_sorted=True)
    assert tp53(decision) is Status.MET
    assert decision.inputs[0].way == "every block unpacked and searched"
    assert decision.inputs[0].records.total == 400


def test_the_option_of_the_command_and_its_trace_in_the_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = made(tmp_path / "s.vcf.gz", displaced=False)
    assert run(["check", str(path), "--assay", "wes", "--assume-sorted", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["inputs"][0]["way"] == BISECTED


def test_a_file_that_cannot_be_bisected_says_why(tmp_path: Path) -> None:
    content = "".join(f"{line}\n" for line in lines(displaced=False)).encode()
    decision = screen(vb.gzipped(tmp_path / "s.vcf.gz", content), assume_sorted=True)
    assert decision.inputs[0].way == "every line searched"
    assert decision.inputs[0].notes == (
        "--assume-sorted was not followed: a gzip file can only be read from its beginning",
    )
    undeclared = [line for line in lines(displaced=False) if not line.startswith("##contig")]
    decision = screen(vb.write(tmp_path / "s.vcf", undeclared), build="GRCh37", assume_sorted=True)
    assert "the header does not say in which order the chromosomes stand" in decision.inputs[0].notes[0]


def test_the_option_without_a_vcf_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--assume-sorted was given, but no VCF"):
        screen(vb.amplified_cns(tmp_path / "s.cns"), build="GRCh37", assume_sorted=True)


def bisected_under_a_stricter_protocol(folder: Path) -> Decision:
    """N235S, benign by the laboratory's table, decides only there; R175H stands at the end, where it is not found."""
    table = folder / "classes.tsv"
    table.write_text("hgvs_p\tclass\np.N235S\tbenign\n")
    text = shipped_text("mantra-2").replace("pathogenic_or_likely", "any_nonsynonymous")
    strict = parse(text.replace('id = "mantra-2"', 'id = "strict"'), "strict.toml")
    made_lines = lines(displaced=True)
    place = next(n for n, line in enumerate(made_lines) if line.startswith("17\t"))
    vcf = vb.write(folder / "s.vcf", [*made_lines[:place], vb.record("17", *N235S), *made_lines[place:]])
    decision = screen(vcf, protocol=strict, assay="wes", tp53_classes=table, assume_sorted=True)
    assert (tp53(decision), decision.inputs[-1].way) == (Status.NOT_MET, BISECTED)
    return decision


def test_another_protocol_calls_no_wild_type_from_what_was_bisected(tmp_path: Path) -> None:
    again = patients.judged_again(bisected_under_a_stricter_protocol(tmp_path), load_protocol("mantra-2"))
    call = next(call for call in again.calls if call.criterion == "tp53_wild_type")
    assert (call.status, [one.code for one in call.reasons]) == (Status.INDETERMINATE, ["T049"])
    assert "read the VCF again without --assume-sorted" in again.to_resolve


@pytest.mark.parametrize("role", ["local", "central"])
@pytest.mark.parametrize("displaced", [True, False])
def test_a_sample_of_either_side_shows_what_all_records_show(tmp_path: Path, role: str, displaced: bool) -> None:
    path = made(tmp_path / "s.vcf.gz", displaced=displaced)
    sample = read_sample(path, assay="wes", role=role, assume_sorted=True)
    assert (sample.inputs[0].way == BISECTED) == (not displaced)
    whole = read_sample(path, assay="wes", role=role)
    assert [one.consequence for one in sample.evidence.variants] == [one.consequence for one in whole.evidence.variants]
    assert len(sample.evidence.variants) == 1
    assert sample.evidence.variant_files[0].order_assumed == (not displaced)


@pytest.mark.parametrize(("value", "way"), [("yes", BISECTED), ("no", "every block unpacked and searched")])
def test_the_option_of_a_side_of_confirm(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], value: str, way: str
) -> None:
    path, other = made(tmp_path / "s.vcf.gz", displaced=False), made(tmp_path / "c.vcf", displaced=False)
    given = ["confirm", str(path), str(other), "--format", "json", "--local", f"assume_sorted={value}"]
    run(given)
    told = json.loads(capsys.readouterr().out)
    assert {one["name"]: one["way"] for one in told["inputs"]} == {"s.vcf.gz": way, "c.vcf": "every line searched"}


def test_a_value_that_is_neither_yes_nor_no_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = made(tmp_path / "s.vcf.gz", displaced=False)
    assert run(["confirm", str(path), str(tmp_path), "--local", "assume_sorted=perhaps"]) == 2
    assert "--assume-sorted perhaps is neither yes nor no" in capsys.readouterr().err


def test_a_protocol_that_asks_for_another_chromosome_has_all_searched(tmp_path: Path) -> None:
    path = made(tmp_path / "s.vcf.gz", displaced=False)
    decision = screen(path, protocol="mantra-4", assay="wes", assume_sorted=True)
    assert decision.inputs[0].way == "every block unpacked and searched"
    assert decision.inputs[0].notes[0].endswith("the protocol asks for a gene on another chromosome too")
