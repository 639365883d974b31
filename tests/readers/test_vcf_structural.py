"""Structural records as each caller writes them: what is joined, in how many reads, and what becomes of TP53."""

from collections.abc import Sequence
from typing import Any

import pytest
from vcf_files import header_of, read

import evidence_builder as eb
import vcf_builder as vb
from mdm2screen.errors import MalformedFileError
from mdm2screen.evidence import gather
from mdm2screen.genes import tp53_bases
from mdm2screen.readers.vcf_structural import change
from mdm2screen.records import Build, FileContent, StructuralChange
from mdm2screen.results import Call, Status
from shared_data import shared

MANTA = ("PR:SR", "30,12:20,9")


def content_of(*records: str, extra: Sequence[str] = (), samples: Sequence[str] = ("TUMOR",)) -> FileContent:
    return read(*records, header=vb.header(extra=extra, samples=samples))


def only(content: FileContent) -> StructuralChange:
    (variant,) = content.variants
    assert variant.change is not None
    return variant.change


def call(content: FileContent) -> Call:
    """TP53 by this file and an ordinary one that lists small variants."""
    small = eb.content("small.vcf", format="vcf", small_variants=True)
    return eb.protocol().local[1].evaluate(gather([content, small], assay="wgs"))


def codes(content: FileContent) -> list[str]:
    return [reason.code for reason in call(content).reasons]


def ends(found: StructuralChange) -> list[tuple[str, int, str | None]]:
    return [(one.contig, one.pos, one.retained) for one in found.breakpoints]


def sv(pos: int, alt: str, info: str = "SVTYPE=BND", **changes: Any) -> str:
    fields = {"format_": MANTA[0], "samples": (MANTA[1],)} | changes
    return vb.record("17", pos, "N", alt, info=info, **fields)


# One caller after another, on GRCh37

MANTA_BND = "SVTYPE=BND;MATEID=MantaBND:1:0:1:0:0:0:{mate};CIPOS=0,3;HOMLEN=3;HOMSEQ=ACG;SOMATIC;SOMATICSCORE=80"
MANTA_INV = "SVTYPE=BND;MATEID=MantaBND:2:0:1:{n}:0:0:{mate};EVENT=MantaBND:2:0:1:0:0:0:0;SOMATIC;SOMATICSCORE=70"
GRIDSS = "GT:VF:REF:REFPAIR:BVF"
SVABA = "SVTYPE=BND;MATEID={mate};SCTG=c_17_7570501;EVDNC=ASDIS;MAPQ=60"
DELLY = "PRECISE;SVTYPE={kind};SVMETHOD=EMBL.DELLYv1.1.6;END={end};PE=12;MAPQ=60;CT={ct};CIPOS=-3,3;CIEND=-3,3"


def manta_pair(filter_: str = "PASS") -> list[str]:
    """A translocation from intron 1 to chromosome 12, with both mates."""
    near = vb.record(
        "17",
        7585000,
        "G",
        "G[12:69000000[",
        id_="MantaBND:1:0:1:0:0:0:0",
        filter_=filter_,
        info=MANTA_BND.format(mate=1),
        format_="PR:SR",
        samples=("30,0:25,0", "40,10:30,12"),
    )
    far = vb.record(
        "12",
        69000000,
        "T",
        "]17:7585000]T",
        id_="MantaBND:1:0:1:0:0:0:1",
        filter_=filter_,
        info=MANTA_BND.format(mate=0),
        format_="PR:SR",
        samples=("30,0:25,0", "40,10:30,12"),
    )
    return [far, near]


def test_manta_a_translocation_in_intron_1_counts_once_and_breaks_the_gene() -> None:
    content = content_of(*manta_pair(), samples=("NORMAL", "TUMOR"))
    found = call(content)
    assert (found.status, codes(content)) == (Status.NOT_MET, ["T029"])
    assert content.file.records.used == 2
    assert found.tp53 is not None
    (variant,) = found.tp53.variants
    assert (variant.locus, variant.alt, variant.depth) == ("17:7585000", "G[12:69000000[", 92)
    assert variant.vaf == pytest.approx(22 / 92)
    assert variant.why == "the gene is cut in intron 1 and joined to 12:69000000"
    assert variant.classification == "breaks the gene"


def test_manta_a_translocation_that_failed_its_filter_is_reviewed() -> None:
    content = content_of(*manta_pair("MinSomaticScore"), samples=("NORMAL", "TUMOR"))
    assert codes(content) == ["T005"]


def test_manta_a_mate_outside_the_file_changes_nothing_of_the_event() -> None:
    content = content_of(manta_pair()[1], samples=("NORMAL", "TUMOR"))
    assert codes(content) == ["T029"]
    assert ends(only(content)) == [("17", 7585000, "left"), ("12", 69000000, "right")]


def test_manta_reads_of_the_normal_alone_are_no_event_of_the_tumor() -> None:
    swapped = [line.replace("30,0:25,0", "X").replace("40,10:30,12", "30,0:25,0").replace("X", "40,10:30,12")
               for line in manta_pair()]  # fmt: skip
    content = content_of(*swapped, samples=("NORMAL", "TUMOR"))
    assert content.variants == ()
    assert content.file.records.dropped == {"reference genotype in the tumor sample": 2}


def test_manta_an_inversion_of_intron_1_as_breakend_pairs() -> None:
    """Turned round from intron 1 to a place beyond the gene: two joints of one event, each with its mates."""
    pairs = [
        (7585000, "N]17:9000000]", 0, 0, 1),
        (7585001, "[17:9000001[N", 1, 0, 1),
        (9000000, "N]17:7585000]", 0, 1, 0),
        (9000001, "[17:7585001[N", 1, 1, 0),
    ]
    lines = [
        vb.record("17", pos, "N", alt, id_=f"MantaBND:2:0:1:{n}:0:0:{own}", info=MANTA_INV.format(n=n, mate=mate),
                  format_="PR:SR", samples=(MANTA[1],))
        for pos, alt, n, own, mate in pairs
    ]  # fmt: skip
    content = content_of(*lines)
    found = call(content)
    assert (found.status, codes(content)) == (Status.NOT_MET, ["T029"])
    assert {v.change.event for v in content.variants if v.change} == {"MantaBND:2:0:1:0:0:0:0"}
    assert "an inversion from intron 1 to upstream of the gene cuts the gene" in found.reasons[0].message


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        # Manta and DRAGEN
        (sv(7575000, "<DEL>", "END=7585000;SVTYPE=DEL;SVLEN=-10000;SOMATIC;SOMATICSCORE=50"), ["T029"]),
        (sv(7000000, "<DEL>", "END=8000000;SVTYPE=DEL;SVLEN=-1000000;SOMATICSCORE=50"), ["T030"]),
        (sv(7581000, "<DEL>", "END=7583000;SVTYPE=DEL;SVLEN=-2000;SOMATICSCORE=50"), ["T001"]),
        (sv(7000000, "<DUP:TANDEM>", "END=8000000;SVTYPE=DUP;SVLEN=1000000"), ["T001"]),
        (sv(7575000, "<DUP:TANDEM>", "END=7576980;SVTYPE=DUP;SVLEN=1980"), ["T029"]),
        (sv(7585000, "<INV>", "END=7700000;SVTYPE=INV;SVLEN=115000;INV3"), ["T029"]),
        (sv(7578450, "<INS>", "END=7578450;SVTYPE=INS;LEFT_SVINSSEQ=ACGT;RIGHT_SVINSSEQ=TTTT"), ["T029"]),
        (sv(7578450, "<INS>", "END=7578450;SVTYPE=INS;SVLEN=3;SVINSSEQ=AAC"), ["T003"]),
        (sv(7585000, "<INS>", "END=7585000;SVTYPE=INS;SVLEN=300"), ["T001"]),
        (sv(7585000, "<INS>", "END=7585000;SVTYPE=INS;LEFT_SVINSSEQ=ACGT;RIGHT_SVINSSEQ=TTTT"), ["T014"]),
        (sv(7578450, "<DEL>", "END=7578501;SVTYPE=DEL;SVLEN=-51"), ["T003"]),  # 17 residues, in frame
        (sv(7578450, "<DEL>", "END=7578500;SVTYPE=DEL;SVLEN=-50"), ["T002"]),  # a frameshift
        (sv(7575000, "<DEL>", "IMPRECISE;END=7576700;SVTYPE=DEL;SVLEN=-1700;CIPOS=-300,300;CIEND=-300,300"), ["T014"]),
        # GRIDSS: breakends alone, fragments in VF
        (sv(7585000, "N[1:1000[", format_=GRIDSS, samples=(".:12:20:10:12",)), ["T029"]),
        (sv(7578450, "NACGGT.", format_=GRIDSS, samples=(".:12:20:10:12",)), ["T029"]),
        (sv(7585000, ".ACGGTN", format_=GRIDSS, samples=(".:12:20:10:12",)), ["T014"]),
        (sv(7585000, "N[1:1000[", format_=GRIDSS, samples=(".:12:20:10:12",), filter_="LOW_QUAL"), ["T005"]),
        # SvABA: reads with ALT in AD, depth in DP
        (sv(7585000, "N]1:1000]", SVABA.format(mate="9:2"), format_="GT:AD:DP", samples=("0/1:9:60",)), ["T029"]),
        # DELLY: CT and END, or brackets from version 1
        (sv(7575000, "<DEL>", DELLY.format(kind="DEL", end=7585000, ct="3to5"), format_="GT:DR:DV:RR:RV",
            samples=("0/1:20:8:25:9",)), ["T029"]),
        (sv(7585000, "<INV>", DELLY.format(kind="INV", end=7700000, ct="3to3"), format_="GT:DR:DV:RR:RV",
            samples=("0/1:20:8:25:9",)), ["T029"]),
        (sv(7585000, "<TRA>", DELLY.format(kind="TRA", end=1000, ct="5to3") + ";CHR2=1", format_="GT:DR:DV:RR:RV",
            samples=("0/1:20:8:25:9",)), ["T029"]),
        (sv(7585000, "<INV>", DELLY.format(kind="INV", end=7700000, ct="3to3"), filter_="LowQual",
            format_="GT:DR:DV:RR:RV", samples=("0/1:20:8:25:9",)), ["T005"]),
        # LUMPY
        (sv(7585000, "<INV>", "SVTYPE=INV;STRANDS=++:12,--:5;SVLEN=115000;END=7700000;SU=17;PE=10", format_="GT:SU",
            samples=("0/1:17",)), ["T029"]),
        # Sniffles2
        (sv(7575000, "<DEL>", "PRECISE;SVTYPE=DEL;SVLEN=-10000;END=7585000;SUPPORT=11;STRAND=+-", format_="GT:GQ:DR:DV",
            samples=("0/1:60:20:11",)), ["T029"]),
        # a breakend without a mate in a symbolic allele
        (sv(7585000, "<BND>", "SVTYPE=BND"), ["T014"]),
        (sv(7585000, "<CPX>", "SVTYPE=CPX;END=7586000"), ["T014"]),
    ],
)  # fmt: skip
def test_what_each_caller_writes_over_tp53(record: str, expected: list[str]) -> None:
    assert codes(content_of(record)) == expected


@pytest.mark.parametrize(
    ("format_", "sample", "vaf", "depth"),
    [
        ("PR:SR", "40,10:30,12", 22 / 92, 92),
        ("PR", "40,10", 0.2, 50),
        (GRIDSS, ".:12:20:10:12", 12 / 42, 42),
        ("GT:DR:DV:RR:RV", "0/1:20:8:25:9", 9 / 34, 34),
        ("GT:DR:DV:RR:RV", "0/1:20:8:0:0", 8 / 28, 28),  # IMPRECISE: pairs alone
        ("GT:GQ:DR:DV", "0/1:60:20:11", 11 / 31, 31),
        ("GT:AD:DP", "0/1:9:60", 0.15, 60),
        ("GT", "0/1", None, None),
    ],
)
def test_reads_of_a_rearrangement_are_counted_as_its_caller_writes_them(
    format_: str, sample: str, vaf: float | None, depth: int | None
) -> None:
    (variant,) = content_of(sv(7585000, "N[1:1000[", format_=format_, samples=(sample,))).variants
    assert variant.vaf == (None if vaf is None else pytest.approx(vaf))
    assert variant.depth == depth


def test_the_fragments_of_gridss_are_no_fraction() -> None:
    """VF is a fraction elsewhere (Pisces): a single fragment must not read as 100%."""
    (variant,) = content_of(sv(7585000, "N[1:1000[", format_=GRIDSS, samples=(".:1:40:9:1",))).variants
    assert variant.vaf == 0.02


@pytest.mark.parametrize(
    ("record", "unscored"),
    [
        (("MantaBND:1:0:1:0:0:0:0", "SVTYPE=BND"), True),  # tumorSV.vcf: PASS, and no score
        (("DRAGEN:BND:1:0:1:0:0:0:0", "SVTYPE=BND"), True),
        (("MantaBND:1:0:1:0:0:0:0", "SVTYPE=BND;SOMATICSCORE=60"), False),
        (("gridss1_1o", "SVTYPE=BND"), False),
    ],
)
def test_a_candidate_that_its_caller_does_not_score_is_reviewed(record: tuple[str, str], unscored: bool) -> None:
    content = content_of(sv(7585000, "N[1:1000[", record[1], id_=record[0]))
    assert codes(content) == (["T033"] if unscored else ["T029"])


def test_copies_beside_a_joint_do_not_make_it_a_segment() -> None:
    """DELLY before 1.0 counts copies from the depth around the joint."""
    info = DELLY.format(kind="DEL", end=7579000, ct="3to5")
    record = sv(
        7578000, "<DEL>", info, format_="GT:FT:RCL:RC:RCR:CN:DR:DV:RR:RV", samples=["0/1:PASS:9:5:9:1:9:9:30:12"]
    )
    found = call(content_of(record))
    assert (found.status, found.reasons[0].code) == (Status.NOT_MET, "T029")


SHORT = tp53_bases(Build.GRCH37)[7578400], "".join(tp53_bases(Build.GRCH37)[p] for p in range(7578400, 7578451))


@pytest.mark.parametrize("alleles", [(SHORT[0], "<DEL>"), (SHORT[1], SHORT[0])], ids=["symbolic", "in bases"])
@pytest.mark.parametrize(("score", "code"), [("", "T033"), (";SOMATICSCORE=60", "T002")])
def test_a_short_deletion_that_shifts_the_frame_needs_a_score_too(
    alleles: tuple[str, str], score: str, code: str
) -> None:
    info = f"SVTYPE=DEL;END=7578450;SVLEN=-50{score}"
    record = vb.record(
        "17", 7578400, *alleles, id_="MantaDEL:1:0:1:0:0:0", info=info, format_="PR:SR", samples=["9,3:9,3"]
    )
    content = content_of(record)
    assert codes(content) == [code]
    assert (content.variants[0].vaf, content.variants[0].depth) == (0.25, 24)


def test_a_structural_variant_in_bases_without_a_read_in_the_tumor_is_none() -> None:
    info = "SVTYPE=DEL;END=7578450;SVLEN=-50;SOMATICSCORE=60"
    record = vb.record(
        "17", 7578400, SHORT[1], SHORT[0], info=info, format_="PR:SR", samples=["20,9:20,9", "20,0:20,0"]
    )
    content = content_of(record, samples=("NORMAL", "TUMOR"))
    assert content.variants == ()
    assert content.file.records.dropped == {"reference genotype in the tumor sample": 1}


def test_a_file_of_candidates_has_no_sample_and_no_filter() -> None:
    candidate = sv(7585000, "N[1:1000[", id_="MantaBND:1:0:1:0:0:0:0", filter_=".", format_=None)
    assert codes(content_of(candidate, samples=())) == ["T006"]
    passed = sv(7585000, "N[1:1000[", id_="MantaBND:1:0:1:0:0:0:0", format_=None)
    assert codes(content_of(passed, samples=())) == ["T033"]


# END against SVLEN


@pytest.mark.parametrize(
    ("info", "allele", "last"),
    [
        ("SVTYPE=DEL;END=7585000", 1, 7585000),
        ("SVTYPE=DEL;SVLEN=-10000", 1, 7585000),  # to 4.3: negative
        ("SVLEN=10000", 1, 7585000),  # from 4.4: positive, END may be absent
        ("SVLEN=10000,400;END=7585000", 2, 7575400),  # one length for each ALT, END that of the longest
        ("SVLEN=10000,400;END=7585000", 1, 7585000),
    ],
)
def test_how_far_a_symbolic_allele_reaches(info: str, allele: int, last: int) -> None:
    alt = "<DEL>,<DEL>" if "," in info else "<DEL>"
    genotype = f"0/{allele}"
    found = only(content_of(sv(7575000, alt, f"{info};SVCLAIM=J", format_="GT", samples=(genotype,))))
    assert ends(found) == [("17", 7575000, "left"), ("17", last + 1, "right")]


def test_end_and_length_that_differ_are_both_tried() -> None:
    found = only(content_of(sv(7575000, "<DEL>", "SVTYPE=DEL;END=7585000;SVLEN=-1000;SVCLAIM=J")))
    assert (found.breakpoints[1].low, found.breakpoints[1].high) == (7576001, 7585001)
    assert codes(content_of(sv(7575000, "<DEL>", "SVTYPE=DEL;END=7585000;SVLEN=-1000;SVCLAIM=J"))) == ["T014"]


@pytest.mark.parametrize(
    ("alt", "own", "mate", "put_in"),
    [
        ("N[1:1000[", "left", "right", None),
        ("N]1:1000]", "left", "left", None),
        ("]1:1000]N", "right", "left", None),
        ("[1:1000[N", "right", "right", None),
        ("NACG[<1>:1000[", "left", "right", "ACG"),
        ("]chr1:1000]ACGN", "right", "left", "ACG"),
    ],
)
def test_the_four_breakends_of_the_specification(alt: str, own: str, mate: str, put_in: str | None) -> None:
    found = only(content_of(sv(7585000, alt)))
    assert (found.kind, ends(found)) == ("BND", [("17", 7585000, own), ("1", 1000, mate)])
    assert found.inserted == put_in
    assert found.length == (3 if put_in else None)


@pytest.mark.parametrize(
    ("info", "low", "high"),
    [
        ("CIPOS=-5,10", (7584995, 7585010), (990, 1010)),  # the mate is as doubtful
        ("CIPOS=-5,10;CIRPOS=0,2", (7584995, 7585010), (1000, 1002)),
        ("CIPOS=-5,10;CIEND=-2,0", (7584995, 7585010), (998, 1000)),
        ("CIPOS=0,0", (None, None), (None, None)),
        ("CIPOS=(0,20)", (7585000, 7585020), (980, 1020)),
        ("CIPOS=.", (None, None), (None, None)),
    ],
)
def test_the_doubt_about_an_end_is_kept(
    info: str, low: tuple[int | None, int | None], high: tuple[int | None, int | None]
) -> None:
    own, mate = only(content_of(sv(7585000, "N[1:1000[", f"SVTYPE=BND;{info}"))).breakpoints
    assert ((own.low, own.high), (mate.low, mate.high)) == (low, high)


@pytest.mark.parametrize("alt", ["N[1:1000", "N[1:x[", "[1:1000]N..", "N.A", "A*"])
def test_an_alt_that_is_nothing_known_is_an_error(alt: str) -> None:
    with pytest.raises(MalformedFileError, match="is neither bases, a symbolic allele nor a breakend") as caught:
        content_of(sv(7585000, alt))
    assert "made.vcf line" in (caught.value.where or "")


def test_spelled_alleles_state_no_rearrangement() -> None:
    (variant,) = read(vb.record("17", 7578406, "C", "T")).variants
    assert variant.change is None


def test_a_segment_of_a_copy_number_caller_is_no_joint() -> None:
    content = content_of(sv(7575000, "<DEL>", "SVTYPE=DEL;END=7585000", format_="GT:CN", samples=("0/1:1",)))
    assert only(content).kind == "CNV"
    assert codes(content) == ["T014"]


@pytest.mark.parametrize(("claim", "kind", "expected"), [("D", "CNV", "T014"), ("DJ", "DEL", "T029")])
def test_a_segment_that_claims_a_joint_has_one(claim: str, kind: str, expected: str) -> None:
    info = f"SVLEN=10000;END=7585000;SVCLAIM={claim}"
    content = content_of(sv(7575000, "<DEL>", info, format_="GT:CN", samples=("0/1:1",)))
    assert only(content).kind == kind
    assert expected in codes(content)


def test_bases_between_the_copies_of_a_duplication_are_put_in() -> None:
    """4 bases doubled and 2 between them keep the frame; without the 2 they do not."""
    plain = sv(7578450, "<DUP:TANDEM>", "END=7578454;SVTYPE=DUP;SVLEN=4")
    between = sv(7578450, "<DUP:TANDEM>", "END=7578454;SVTYPE=DUP;SVLEN=4;DUPSVINSLEN=2;DUPSVINSSEQ=AC")
    unknown = sv(7578450, "<DUP:TANDEM>", "END=7578454;SVTYPE=DUP;SVLEN=4;DUPSVINSLEN=2")
    assert [codes(content_of(line)) for line in (plain, between, unknown)] == [["T002"], ["T003"], ["T014"]]


@pytest.mark.parametrize(
    ("line", "lists"),
    [
        ('##INFO=<ID=MATEID,Number=.,Type=String,Description="Mate">', True),
        ('##INFO=<ID=CHR2,Number=1,Type=String,Description="Other">', True),
        ('##ALT=<ID=BND,Description="Breakend">', True),
        ('##INFO=<ID=SVTYPE,Number=1,Type=String,Description="VarDict declares it too">', False),
    ],
)
def test_a_list_of_rearrangements_is_known_by_its_header(line: str, lists: bool) -> None:
    assert content_of(extra=(line,)).rearrangements is lists
    assert header_of(vb.header(extra=(line,))).samples == ("TUMOR",)


def test_both_ends_within_the_gene_are_one_event() -> None:
    content = content_of(sv(7575000, "N]17:7585000]"))
    assert len(content.variants) == 2  # by either end, for either build
    found = call(content)
    assert found.tp53 is not None
    assert len(found.tp53.variants) == 1


@pytest.mark.parametrize(
    "name",
    [
        "dragen_SEQC2_HCC1395.somatic.sv.vcf.gz",
        "scout_manta_VEP94.sv.vcf.gz",
        "scout_tumor_only.CNVkit+Manta.vcf.gz",
    ],
)
def test_every_structural_record_of_real_files_reads(name: str) -> None:
    """None lies over TP53; each still states its ends."""
    import gzip

    from vcf_files import data_line

    total = 0
    for line in gzip.decompress(shared(f"vcf/{name}").read_bytes()).decode().splitlines():
        fields = line.split("\t")
        if line.startswith("#") or fields[4].isalpha():
            continue
        record = data_line("\t".join(field or "." for field in fields), column=None)
        for allele in range(1, len(record.alts) + 1):
            found = change(record, allele)
            assert found is not None
            assert found.kind != "OTHER" or not record.alts[0].startswith(("<DEL", "<INV", "<INS", "<DUP"))
            assert len(found.breakpoints) == (1 if found.kind in ("INS", "SINGLE") else 2)
            total += 1
    assert total > 10
