"""Depth from file to decision, through the command: what proves TP53 wild-type, what does not, and what is refused."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import coverage_files as cf
import vcf_builder as vb
from mdm2screen import screen
from mdm2screen.cli import run
from mdm2screen.decision import Decision
from mdm2screen.genes import tp53_bases
from mdm2screen.protocol import shipped_text
from mdm2screen.protocol_file import load_protocol
from mdm2screen.records import Build
from mdm2screen.results import Status

BASE = tp53_bases(Build.GRCH37)[7577041]

Check = Callable[..., tuple[int, str, str]]


@pytest.fixture
def patient(tmp_path: Path) -> list[str]:
    """An amplified, eligible patient of known purity without a TP53 variant."""
    vcf = vb.vcf(tmp_path / "tumor.vcf", vb.record("17", 7579472, "G", "C"))
    cns = vb.amplified_cns(tmp_path / "tumor.cns")
    return [str(vcf), "--cn", str(cns), "--build", "GRCh37", "--purity", "0.6", "--ploidy", "2", "--diagnosis", "BLCA"]


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    def call(*arguments: object) -> tuple[int, str, str]:
        code = run(["check", *map(str, arguments)])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return code, captured.out, captured.err

    return call


def decided(check: Check, *arguments: object) -> dict[str, Any]:
    code, out, err = check(*arguments, "--format", "json")
    assert code == 0, err
    found: dict[str, Any] = json.loads(out)
    return found


def tp53_codes(decision: dict[str, Any]) -> list[str]:
    (call,) = [call for call in decision["calls"] if call["criterion"] == "tp53_wild_type"]
    return [reason["code"] for reason in call["reasons"]]


def test_the_depth_of_a_germline_callers_gvcf_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    """It may be of the patient's blood."""
    tumor = vb.vcf(tmp_path / "tumor.vcf", vb.record("17", 7579472, "G", "C"))
    whole = vb.record("17", 7571700, "N", "<NON_REF>", info="END=7591000", format_="GT:MIN_DP", samples=("0/0:500",))
    gvcf = vb.vcf(tmp_path / "blood.g.vcf", whole, extra=["##source=HaplotypeCaller"])
    decision = screen(tumor, coverage=gvcf)
    (why,) = [reason for call in decision.calls for reason in call.reasons if reason.code == "T009"]
    assert "blood.g.vcf (called by HaplotypeCaller, which is made for germline variants)" in why.message
    (note,) = next(one.notes for one in decision.inputs if one.name == "blood.g.vcf")
    assert note.endswith("its depth is not taken for the tumor's")


def tp53_status(decision: Decision) -> Status:
    return next(call.status for call in decision.calls if call.criterion == "tp53_wild_type")


def depth_rows(path: Path, depth: cf.Depth) -> Path:
    """samtools depth -a over the bases needed."""
    return cf.text(path, *(f"17 {pos} {depth(pos)}" for pos in range(cf.needed()[0], cf.needed()[-1] + 1)))


def loci(path: Path, depth: cf.Depth) -> Path:
    rows = [f"17:{pos} {depth(pos)} {depth(pos)}.00 {depth(pos)}" for pos in cf.needed()]
    return cf.text(path, "Locus Total_Depth Average_Depth_sample Depth_for_TUMOR", *rows, separator=",")


def stretches(depth: cf.Depth) -> list[tuple[int, int, int]]:
    """First base, last base and depth of stretches of equal depth over the bases needed."""
    found: list[tuple[int, int, int]] = []
    for pos in range(cf.needed()[0], cf.needed()[-1] + 1):
        if found and found[-1][2] == depth(pos):
            found[-1] = (found[-1][0], pos, depth(pos))
        else:
            found.append((pos, pos, depth(pos)))
    return found


def thresholds(path: Path, depth: cf.Depth) -> Path:
    """The regions are cut where the depth changes, so that all bases of each reach it."""
    rows = []
    for first, last, value in stretches(depth):
        counts = " ".join(str(last - first + 1 if value >= level else 0) for level in (1, 50, 200))
        rows.append(f"17 {first - 1} {last} TP53 {counts}")
    return cf.text(path, "#chrom start end region 1X 50X 200X", *rows)


def quantized(path: Path, depth: cf.Depth) -> Path:
    rows = [f"17 {first - 1} {last} {'200:inf' if value >= 200 else '0:1'}" for first, last, value in stretches(depth)]
    return cf.text(path, "17 0 7000000 0:1", *rows)


def gvcf(path: Path, depth: cf.Depth, *, sample: str = "TUMOR") -> Path:
    blocks = []
    for first, last, value in stretches(depth):
        ref = tp53_bases(Build.GRCH37).get(first, "N")
        fields = f"0/0:{value}:99:{value}"
        blocks.append(
            vb.record("17", first, ref, "<NON_REF>", info=f"END={last}", format_="GT:DP:GQ:MIN_DP", samples=(fields,))
        )
    return vb.vcf(path, *blocks, samples=(sample,))


def bam(path: Path, depth: cf.Depth) -> Path:
    reads = []
    for first, last, value in stretches(depth):
        cigar = f"{last - first + 1}M"
        reads += [{"start": first, "cigar": cigar, "name": f"r{first}_{copy}"} for copy in range(min(value, 60))]
    return cf.alignment(path, reads, samples=("TUMOR",))


SOURCES: dict[str, Callable[[Path, cf.Depth], Path]] = {
    "a.per-base.bed": cf.per_base,
    "a.thresholds.bed": thresholds,
    "a.quantized.bed": quantized,
    "a.depth.txt": depth_rows,
    "a.csv": loci,
    "a.g.vcf": gvcf,
    "a.bam": bam,
}


@pytest.mark.parametrize("name", SOURCES)
def test_each_source_of_depth_proves_wild_type(name: str, tmp_path: Path, patient: list[str], check: Check) -> None:
    path = SOURCES[name](tmp_path / name, cf.flat(200))
    decision = decided(check, *patient, "--coverage", path)
    assert tp53_codes(decision) == ["T045"]
    assert decision["eligibility"] == "ELIGIBLE"
    assert "tp53_coverage_declared" not in decision["central_confirmation"]["flags"]
    seen = decision["tp53"]["callability"]
    assert (seen["exposure"], seen["covered"], seen["files"]) == ("proven", 1220, [name])
    assert (seen["limit"]["purity"], seen["limit"]["copies"]) == (0.6, pytest.approx(2.023, abs=0.01))
    assert 24 <= seen["limit"]["needed_depth"] <= 32


@pytest.mark.parametrize("name", SOURCES)
def test_twenty_bases_without_a_read_are_found_in_each_source(
    name: str, tmp_path: Path, patient: list[str], check: Check
) -> None:
    path = SOURCES[name](tmp_path / name, cf.with_hole(200))
    for declared in ((), ("--assay", "wes")):
        decision = decided(check, *patient, "--coverage", path, *declared)
        assert tp53_codes(decision) == ["T046"]
        assert decision["eligibility"] == "INDETERMINATE"
        seen = decision["tp53"]["callability"]
        assert seen["covered"] == 1200
        assert [(one["exon"], one["start"], one["end"]) for one in seen["uncovered"]] == [(8, 7577041, 7577060)]
        assert seen["worst_exon"] == 8
        assert [one["covered"] for one in seen["exons"] if one["exon"] == 8] == [121]


@pytest.mark.parametrize("name", [name for name in SOURCES if name != "a.quantized.bed"])
def test_a_depth_too_low_for_the_purity_is_found_in_each_source(
    name: str, tmp_path: Path, patient: list[str], check: Check
) -> None:
    path = SOURCES[name](tmp_path / name, cf.with_hole(200, within=12))
    decision = decided(check, *patient, path)
    assert tp53_codes(decision) == ["T046"]


def test_the_depth_files_are_recognised_among_the_others_in_any_order(
    tmp_path: Path, patient: list[str], check: Check
) -> None:
    depth = cf.per_base(tmp_path / "a.bed", cf.flat(200))
    one = decided(check, depth, *patient)
    other = decided(check, *patient, "--coverage", depth)
    assert one == other


def test_a_gvcf_alone_lists_the_variants_and_proves_the_rest(tmp_path: Path) -> None:
    path = gvcf(tmp_path / "tumor.g.vcf", cf.flat(200))
    assert tp53_status(screen(path)) is Status.MET
    mutated = path.read_text().splitlines()
    mutated.insert(-1, vb.record("17", *vb.R175H["GRCh37"]))
    assert tp53_status(screen(vb.write(tmp_path / "mutated.g.vcf", mutated))) is Status.NOT_MET


def test_depth_without_a_list_of_variants_says_nothing_of_variants(tmp_path: Path, check: Check) -> None:
    depth = cf.per_base(tmp_path / "a.bed", cf.flat(200))
    assert tp53_codes(decided(check, depth, "--build", "GRCh37")) == ["T011"]


def test_states_of_callability_are_a_declaration(tmp_path: Path, patient: list[str], check: Check) -> None:
    path = cf.text(tmp_path / "callable.bed", "17 7000000 7577040 CALLABLE", "17 7577040 7600000 PASS")
    decision = decided(check, *patient, "--coverage", path)
    assert tp53_codes(decision) == ["T001"]
    assert "tp53_coverage_declared" in decision["central_confirmation"]["flags"]
    path = cf.text(tmp_path / "poor.bed", "17 7000000 7577040 CALLABLE", "17 7577040 7577060 POOR_MAPPING_QUALITY",
                   "17 7577060 7600000 CALLABLE")  # fmt: skip
    decision = decided(check, *patient, "--coverage", path, "--assay", "wgs")
    assert tp53_codes(decision) == ["T046"]
    assert [one["why"] for one in decision["tp53"]["callability"]["uncovered"]] == ["not_callable"]


def test_means_are_no_proof(tmp_path: Path, patient: list[str], check: Check) -> None:
    path = cf.text(tmp_path / "a.regions.bed", "17 7571719 7590868 TP53 4000.00")
    assert tp53_codes(decided(check, *patient, "--coverage", path)) == ["T009", "T047"]
    assert tp53_codes(decided(check, *patient, "--coverage", path, "--assay", "wes")) == ["T001", "T047"]


def test_two_files_cover_what_neither_does_alone(tmp_path: Path, patient: list[str], check: Check) -> None:
    rows = [f"17 {pos} 200" for pos in range(cf.needed()[0], cf.needed()[-1] + 1)]
    half = len(rows) // 2
    one, other = cf.text(tmp_path / "a.txt", *rows[: half + 1]), cf.text(tmp_path / "b.txt", *rows[half:])
    assert tp53_codes(decided(check, *patient, "--coverage", one)) == ["T046"]
    both = decided(check, *patient, "--coverage", one, "--coverage", other)
    assert tp53_codes(both) == ["T045"]
    assert both["tp53"]["callability"]["files"] == ["a.txt", "b.txt"]


def test_the_calls_own_doubt_stands_whatever_was_counted(tmp_path: Path, patient: list[str], check: Check) -> None:
    """A no-call of the list of variants is no base that a depth table can prove."""
    no_call = vb.record("17", 7577041, "N", ".", info="END=7577060", format_="GT:DP", samples=("./.:0",))
    calls = vb.vcf(tmp_path / "calls.vcf", no_call)
    depth = cf.per_base(tmp_path / "a.bed", cf.flat(900))
    decision = decided(check, calls, *patient[1:], "--coverage", depth)
    assert tp53_codes(decision) == ["T046"]
    assert [one["why"] for one in decision["tp53"]["callability"]["uncovered"]] == ["nothing_seen"]


def test_a_gvcf_of_two_samples_proves_the_tumor_by_its_own_column(tmp_path: Path) -> None:
    first, last = cf.needed()[0], cf.needed()[-1]
    deep, shallow = "0/0:200:99:200", "0/0:5:15:5"
    ref = tp53_bases(Build.GRCH37)[first]

    def of(normal: str, tumor: str) -> Decision:
        record = vb.record(
            "17", first, ref, "<NON_REF>", info=f"END={last}", format_="GT:DP:GQ:MIN_DP", samples=(normal, tumor)
        )
        elsewhere = vb.record(*vb.ELSEWHERE, samples=("0/1", "0/1"))
        lines = [*vb.header(samples=("NORMAL", "TUMOR")), record, elsewhere]
        return screen(vb.write(tmp_path / "both.g.vcf", lines))

    assert tp53_status(of(shallow, deep)) is Status.MET
    assert tp53_status(of(deep, shallow)) is Status.INDETERMINATE


def test_the_floors_of_the_protocol_hold_where_reads_are_counted(tmp_path: Path, patient: list[str]) -> None:
    path = bam(tmp_path / "a.bam", cf.flat(60))
    text = shipped_text("mantra-2").replace('id = "mantra-2"', 'id = "mine"', 1)
    assert tp53_status(screen(patient[0], path, purity=0.6, ploidy=2.0)) is Status.MET
    for field in ("min_base_quality", "min_mapping_quality"):
        mine = tmp_path / f"{field}.toml"
        mine.write_text(re.sub(rf"{field} = \{{ value = 20", f"{field} = {{ value = 61", text))
        decision = screen(patient[0], path, purity=0.6, ploidy=2.0, protocol=load_protocol(mine))
        assert tp53_status(decision) is Status.INDETERMINATE


# The page


def test_the_page_shows_each_exon_what_was_needed_and_what_was_missed(
    tmp_path: Path, patient: list[str], check: Check
) -> None:
    depth = cf.per_base(tmp_path / "a.per-base.bed", cf.with_hole(200))
    code, out, _ = check(*patient, "--coverage", depth)
    assert code == 0
    page = " ".join(out.split())
    assert (
        "proven: a.per-base.bed; 1200 of 1220 coding and splice-site bases could have shown a variant (98.36%)" in page
    )
    assert "exon 8: 121 of 141 bases, lowest depth 0 (worst)" in page
    assert "exon 2: 78 of 78 bases, lowest depth 200" in page
    assert "exon 8, 17:7577041-7577060 (20 bases): too few reads, depth 0" in page
    assert "purity 60%" in page
    assert page.count("(worst)") == 1


# Refused


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("two.bed", "chr17\t7577016\n", "two.bed line 1: a BED line needs contig, start and end"),
        (
            "short.bed",
            "chr17\t7577016\t7577157\tTP53\nchr17\t7577200\n",
            "short.bed line 2: a BED line needs contig, start and end",
        ),
        (
            "gap.bed",
            "17\t0\t10\t5\n17\t7577000\t7577100\t5\n",
            "gap.bed line 2: the row does not begin where the one before ends",
        ),
        ("calls.txt", "hello\n", "no reader recognises this file"),
        ("many.txt", "17\t7577017\t3\t4\n17\t7577018\t3\t4\n", "many.txt line 1: holds 2 depth columns without names"),
    ],
)
def test_a_wrong_depth_file_says_what_is_wrong(
    name: str, text: str, words: str, tmp_path: Path, patient: list[str], check: Check
) -> None:
    (tmp_path / name).write_text(text)
    code, out, err = check(*patient, "--coverage", tmp_path / name)
    assert (code, out) == (3, "")
    assert words in err
    assert "What to do: " in err


def test_a_bam_without_index_and_a_cram_without_reference_end_with_code_3(
    tmp_path: Path, patient: list[str], check: Check
) -> None:
    naked = cf.alignment(tmp_path / "a.bam", [{"start": 7577017}], index=False)
    code, _, err = check(*patient, "--coverage", naked)
    assert code == 3
    assert "a.bam: has no index (.bai) beside it\n  What to do: make one: samtools index a.bam" in err
    (tmp_path / "a.cram").write_bytes(b"CRAM\x03\x00" + bytes(60) + b"\xe0EOF" + bytes(20))
    code, _, err = check(*patient, "--coverage", tmp_path / "a.cram")
    assert code == 3
    assert "is a CRAM, which is read with the reference it was made with\n  What to do: pass that FASTA" in err


def test_a_gvcf_on_another_build_ends_with_code_3(tmp_path: Path, check: Check) -> None:
    path = gvcf(tmp_path / "a.g.vcf", lambda pos: 200 + pos % 2)
    unstated = tmp_path / "b.g.vcf"
    unstated.write_text(re.sub("##contig.*\n", "", path.read_text()))
    for stated, why in ((path, "contig 12 has length 133851895"), (unstated, "REF agrees with TP53 at all")):
        code, _, err = check(stated, "--build", "GRCh38")
        assert code == 3
        assert "--build GRCh38 was given, but the file is not on GRCh38" in err
        assert why in err


def test_a_gvcf_whose_bases_are_not_the_references_ends_with_code_3(tmp_path: Path, check: Check) -> None:
    wrong = vb.record("17", 7577041, "N", "<NON_REF>", info="END=7577060", format_="GT:MIN_DP", samples=("0/0:99",))
    path = vb.vcf(tmp_path / "a.g.vcf", wrong.replace("\tN\t", f"\t{'ACGT'.replace(BASE, '')[0]}\t"))
    code, _, err = check(path)
    assert code == 3
    assert f"at chromosome 17 position 7577041, where GRCh37 has {BASE}" in err


def test_a_list_of_targets_or_copy_numbers_is_no_coverage(tmp_path: Path, patient: list[str], check: Check) -> None:
    panel = cf.text(tmp_path / "panel.bed", "17 7571719 7590868 TP53")
    code, _, err = check(*patient, "--coverage", panel)
    assert code == 2
    assert "--coverage panel.bed holds no depth over TP53; it is bed" in err
    assert "pass it as --assay" in err
    code, _, err = check(*patient[3:], patient[0], "--coverage", patient[2])
    assert code == 2
    assert "it is cnvkit-segments" in err


def test_a_reference_without_an_alignment_is_a_wrong_usage(patient: list[str], check: Check) -> None:
    code, _, err = check(*patient, "--reference", "reference.fa")
    assert code == 2
    assert "--reference was given, but no CRAM" in err


def test_a_depth_table_is_no_target_bed(tmp_path: Path, patient: list[str], check: Check) -> None:
    depth = cf.per_base(tmp_path / "a.per-base.bed", cf.flat(200))
    code, _, err = check(*patient, "--assay", depth)
    assert code == 2
    assert "--assay a.per-base.bed is no target BED but mosdepth-per-base" in err
