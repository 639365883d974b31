"""A wrong file at 6 pm: exit code and message, through the command itself."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import vcf_builder as vb
from mdm2screen.cli import run
from mdm2screen.protocol import shipped

R175H = vb.record("17", *vb.R175H["GRCh37"])


class Outcome:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


Command = Callable[..., Outcome]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    monkeypatch.chdir(tmp_path)

    def call(*arguments: object) -> Outcome:
        code = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        if code:
            assert captured.out == ""
        return Outcome(code, captured.out, captured.err)

    return call


def refused(outcome: Outcome, code: int, *words: str) -> None:
    assert outcome.code == code, outcome.err
    for word in words:
        assert re.search(word, outcome.err), outcome.err


def test_missing_file(command: Command, tmp_path: Path) -> None:
    refused(command("check", tmp_path / "nowhere.vcf"), 3, "nowhere.vcf: no such file", "What to do: check the path")


def test_directory(command: Command, tmp_path: Path) -> None:
    refused(command("check", tmp_path), 3, "is a directory, not a file")


def test_empty_file(command: Command, tmp_path: Path) -> None:
    (tmp_path / "empty.vcf").touch()
    refused(command("check", tmp_path / "empty.vcf"), 3, "empty.vcf: the file is empty")


def test_no_file_at_all(command: Command) -> None:
    refused(command("check"), 2, "no file was given", "pass the tumor's VCF")


def test_pdf(command: Command, tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(b"%PDF-1.7 and so on, long enough")
    refused(command("check", tmp_path / "report.pdf"), 3, "a PDF report cannot be read", "data file behind the report")


def test_unknown_content(command: Command, tmp_path: Path) -> None:
    (tmp_path / "notes.vcf").write_text("Dear colleague,\nplease find attached\n")
    refused(command("check", tmp_path / "notes.vcf"), 3, "no reader recognises this file", "mdm2screen formats")


def test_truncated_gzip(command: Command, tmp_path: Path) -> None:
    content = "\n".join([*vb.header(), *[R175H] * 400]).encode()
    whole = vb.gzipped(tmp_path / "cut.vcf.gz", content).read_bytes()
    (tmp_path / "cut.vcf.gz").write_bytes(whole[: len(whole) - 30])
    refused(command("check", tmp_path / "cut.vcf.gz"), 3, "cut or damaged", "copy the file again")


def blocks(tmp_path: Path) -> tuple[Path, bytes]:
    """A BGZF file of many blocks, TP53 in the last."""
    many = [vb.record("12", 60_000_000 + i, "A", "G") for i in range(2000)]
    content = "\n".join([*vb.header(), *many, R175H, ""]).encode()
    path = vb.bgzf(tmp_path / "blocks.vcf.gz", content)
    return path, path.read_bytes()


def test_bgzf_cut_at_a_block_boundary(command: Command, tmp_path: Path) -> None:
    path, whole = blocks(tmp_path)
    boundary = whole.rindex(b"\x1f\x8b\x08\x04", 0, len(whole) - len(vb.BGZF_END))
    path.write_bytes(whole[:boundary])
    refused(command("check", path), 3, "the end block is missing", "records at the end may be lost")


def test_bgzf_without_its_end_block(command: Command, tmp_path: Path) -> None:
    path, whole = blocks(tmp_path)
    path.write_bytes(whole.removesuffix(vb.BGZF_END))
    refused(command("check", path), 3, "the end block is missing", "bgzip")


def test_bgzf_cut_within_a_block(command: Command, tmp_path: Path) -> None:
    path, whole = blocks(tmp_path)
    path.write_bytes(whole[: len(whole) // 2])
    refused(command("check", path), 3, "the BGZF file is cut")


def test_whole_bgzf_is_read(command: Command, tmp_path: Path) -> None:
    outcome = command("check", blocks(tmp_path)[0])
    assert outcome.code == 0
    assert "p.Arg175His" in outcome.out


def test_wrong_build_stated(command: Command, tmp_path: Path) -> None:
    path = vb.vcf(tmp_path / "s.vcf", R175H)
    refused(
        command("check", path, "--build", "GRCh38"),
        3,
        "--build GRCh38 was given, but the file is not on GRCh38",
        "contig 12 has length 133851895",
        "s.vcf line",
    )


def test_no_build_at_all(command: Command, tmp_path: Path) -> None:
    path = vb.vcf(tmp_path / "s.vcf", R175H, build=None)
    refused(
        command("check", path), 3, "nothing in the file proves the genome build", "--build GRCh37 or --build GRCh38"
    )


def test_build_nobody_knows(command: Command, tmp_path: Path) -> None:
    path = vb.vcf(tmp_path / "s.vcf", R175H)
    refused(command("check", path, "--build", "hg18"), 2, "--build hg18 is not known", "GRCh37")


def test_ref_of_another_genome(command: Command, tmp_path: Path) -> None:
    path = vb.vcf(tmp_path / "s.vcf", vb.record("17", 7578406, "A", "T"))
    refused(command("check", path), 3, "REF has A at chromosome 17 position 7578406, where GRCh37 has C", "s.vcf line")


def test_no_tumor_sample(command: Command, tmp_path: Path) -> None:
    path = vb.vcf(tmp_path / "s.vcf", R175H, samples=("NORMAL",))
    refused(command("check", path), 3, "reads as a normal", "--tumor-sample NAME")


def test_two_candidates(command: Command, tmp_path: Path) -> None:
    two = ("0/1:60,40:0.4:100", "0/0:90,0:0:90")
    lines = [*vb.header(samples=("P1_a", "P1_b")), vb.record("17", *vb.R175H["GRCh37"], samples=two)]
    path = vb.write(tmp_path / "s.vcf", lines)
    refused(command("check", path), 3, "nothing says which is the tumor: P1_a, P1_b", "--tumor-sample NAME")
    named = command("check", path, "--tumor-sample", "P1_a")
    assert "p.Arg175His" in named.out
    refused(command("check", path, "--tumor-sample", "P2"), 3, "has no sample P2; it has: P1_a, P1_b")


def test_undeclared_contigs_and_tags_are_read(command: Command, tmp_path: Path) -> None:
    lines = [
        "##fileformat=VCFv4.2",
        "\t".join(["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT", "T1"]),
        vb.record("chr17", 7578406, "C", "T", filter_="PASS", info="XYZ=1", format_="GT:QQ", samples=("0/1:7",)),
    ]
    outcome = command("check", vb.write(tmp_path / "s.vcf", lines), "--build", "GRCh37")
    assert outcome.code == 0
    assert "p.Arg175His" in outcome.out
    assert outcome.err == ""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_crlf_and_byte_order_mark_change_nothing(command: Command, tmp_path: Path, end: str, mark: bytes) -> None:
    path = vb.write(tmp_path / "s.vcf", [*vb.header(), R175H, vb.somewhere_else()], end=end)
    path.write_bytes(mark + path.read_bytes())
    outcome = command("check", path, "--format", "tsv")
    assert outcome.out.splitlines()[1].split("\t")[4] == "NOT_ELIGIBLE"


def test_space_separated_vcf(command: Command, tmp_path: Path) -> None:
    lines = [line if line.startswith("##") else line.replace("\t", " ") for line in [*vb.header(), R175H]]
    refused(command("check", vb.write(tmp_path / "s.vcf", lines)), 3, "columns|separated by blanks, not tabs")


def test_line_with_a_column_missing(command: Command, tmp_path: Path) -> None:
    path = vb.vcf(tmp_path / "s.vcf", R175H, vb.record("17", 7578500, "G", "A").rpartition("\t")[0])
    refused(command("check", path), 3, r"s.vcf line \d+: has 9 columns where the #CHROM line has 10")


def test_position_that_is_no_number(command: Command, tmp_path: Path) -> None:
    path = vb.vcf(tmp_path / "s.vcf", R175H.replace("7578406", "7.57e6"))
    refused(command("check", path), 3, "POS is '7.57e6', which is no whole number", "s.vcf line")


def test_utf16(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "s.vcf"
    path.write_text("\n".join([*vb.header(), R175H]), encoding="utf-16")
    refused(command("check", path), 3, "UTF-16", "save it as UTF-8")


def test_copy_number_declared_integer_that_holds_43_7(command: Command, tmp_path: Path) -> None:
    """Libraries stop at this record and lose TP53 after it."""
    declared = '##FORMAT=<ID=CN,Number=1,Type=Integer,Description="Copy number">'
    mdm2 = vb.record(
        "12",
        69201957,
        "N",
        "<CNV>",
        id_="MDM2",
        info="SVTYPE=CNV;END=69239324;RAW_CN=30.1",
        format_="GT:CN",
        samples=("./.:43.7",),
    )
    lines = [*vb.header(extra=(declared, "##CellularityAsAFractionBetween0-1=0.6")), mdm2, R175H, vb.somewhere_else()]
    outcome = command("check", vb.write(tmp_path / "s.vcf", lines), "--format", "json")
    assert outcome.code == 0
    assert '"copies": 43.7' in outcome.out
    assert "p.Arg175His" in outcome.out


def test_copy_number_that_is_no_number(command: Command, tmp_path: Path) -> None:
    info = "SVTYPE=CNV;END=69300000"
    cnv = vb.record("12", 69000000, "N", "<DUP>", info=info, format_="GT:CN", samples=("0/1:12,5",))
    path = vb.vcf(tmp_path / "s.vcf", cnv)
    refused(command("check", path), 3, "CN is '12,5', which is not a number", "decimal comma")


def test_decimal_comma_in_a_table(command: Command, tmp_path: Path) -> None:
    path = vb.amplified_cns(tmp_path / "s.cns", "3,5")
    refused(command("check", path, "--build", "GRCh37"), 3, "s.cns line 2", "log2 is '3,5'", "decimal comma")


def test_nan_over_mdm2_is_not_neutral(command: Command, tmp_path: Path) -> None:
    path = vb.amplified_cns(tmp_path / "s.cns", "NaN")
    outcome = command("check", path, "--build", "GRCh37")
    assert outcome.code == 0
    assert "M007" in outcome.out
    assert re.search(r"MDM2 amplification\s+INDETERMINATE", outcome.out)


def test_two_readers_that_claim_one_file(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mdm2screen.readers import dnacopy_seg

    monkeypatch.setattr(dnacopy_seg, "sniff", lambda _head: True)
    path = vb.amplified_cns(tmp_path / "s.cns")
    refused(command("check", path, "--build", "GRCh37"), 3, "both claim this file", "CNVkit.* and ")


def test_protocol_with_faults_lists_them_all(command: Command, tmp_path: Path) -> None:
    from mdm2screen.protocol import shipped_text

    text = (
        shipped_text("mantra-2").replace("copies_min", "copys_min", 1).replace('"tp53_wild_type"', '"tp53_wildtype"', 1)
    )
    path = tmp_path / "mine.toml"
    path.write_text(text)
    for arguments in (
        ("protocols", "validate", path),
        ("check", vb.amplified_cns(tmp_path / "s.cns"), "--protocol", path),
    ):
        refused(
            command(*arguments),
            4,
            "mine.toml: the protocol has 2 faults",
            r"copys_min: unknown key",
            r"tp53_wildtype\): no such rule; did you mean tp53_wild_type",
        )


def test_protocol_nobody_knows(command: Command, tmp_path: Path) -> None:
    refused(
        command("check", vb.vcf(tmp_path / "s.vcf"), "--protocol", "mantra-9"),
        4,
        "mantra-9",
        f"known: {', '.join(shipped())}",
    )


def test_protocol_file_that_is_absent(command: Command, tmp_path: Path) -> None:
    refused(command("protocols", "validate", tmp_path / "no.toml"), 4, "no.toml: no such protocol file")


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--purity", "60", "60 percent is written 0.6"),
        ("--purity", "0", "above 0 and at most 1"),
        ("--purity", "30%", "60 percent is written 0.6"),
        ("--purity", "1.01", "60 percent is written 0.6"),
        ("--fish-ratio", "0", "the ratio of MDM2 to CEP12 signals"),
        ("--fish-copies", ">20", "--fish-copies >20 cannot be used"),
        ("--purity", "0,3", "such as 0.6"),
        ("--cn-scale", "log2", "no file that takes one"),
        ("--purity", "-0.2", "above 0 and at most 1"),
        ("--ploidy", "0", "--ploidy 0 cannot be used"),
        ("--purity", "much", "--purity much cannot be used"),
        ("--diagnosis", "LIPOMA", "is no OncoTree code"),
        ("--diagnosis", "bladder urothelial", r"did you mean: BLCA"),
        ("--assay", "exome", "neither wgs, wes nor a file"),
        ("--cn-scale", "ln", "log2, log10, ratio, copies"),
        ("--specimen", "urine", "pass tissue or plasma"),
        ("--format", "xml", "terminal"),
        ("--colour", "red", "No such option"),
    ],
)
def test_options_that_mean_nothing(command: Command, tmp_path: Path, option: str, value: str, words: str) -> None:
    refused(command("check", vb.vcf(tmp_path / "s.vcf", R175H), option, value), 2, words)


def test_same_file_twice(command: Command, tmp_path: Path) -> None:
    path = vb.vcf(tmp_path / "s.vcf", R175H)
    refused(command("check", path, "--cn", path), 2, "s.vcf is given twice")


def test_a_fault_of_our_own_is_one_line(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mdm2screen import evidence

    def broken(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("the cat sat on it")

    monkeypatch.setattr(evidence, "gather", broken)
    outcome = command("check", vb.vcf(tmp_path / "s.vcf", R175H))
    assert outcome.code == 1
    assert outcome.err.count("\n") == 1
    assert "fault in mdm2screen, please report it: RuntimeError: the cat sat on it; --debug shows where" in outcome.err


def test_debug_shows_the_traceback(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["check", str(tmp_path / "none.vcf"), "--debug"]) == 3
    assert "Traceback" in capsys.readouterr().err
