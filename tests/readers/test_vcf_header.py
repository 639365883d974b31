"""What a header says of samples, of the tumor among them, and of the genome build."""

from collections.abc import Sequence

import pytest
from vcf_files import header_of, read

import vcf_builder as vb
from mdm2screen.errors import BuildError, MalformedFileError, SampleError
from mdm2screen.readers import vcf_samples
from mdm2screen.readers.contract import Options
from mdm2screen.records import Build

MUTATED, REFERENCE = "0/1:60,40:0.4:100", "0/0:90,0:0:90"


def tumor(samples: Sequence[str], *extra: str, wanted: str | None = None) -> str | None:
    header = header_of(vb.header(samples=samples, extra=extra))
    return vcf_samples.tumor_sample(header, Options(tumor_sample=wanted))


def read_samples(samples: Sequence[str], columns: Sequence[str], *extra: str) -> list[str | None]:
    """Genotypes of the TP53 records that were kept."""
    record = vb.record("17", *vb.R175H["GRCh37"], samples=columns)
    content = read(record, header=vb.header(samples=samples, extra=extra))
    return [variant.genotype for variant in content.variants]


@pytest.mark.parametrize(
    ("samples", "expected"),
    [
        (("TUMOR", "NORMAL"), "TUMOR"),
        (("NORMAL", "TUMOR"), "TUMOR"),
        (("P1_normal", "P1_tumor"), "P1_tumor"),
        (("SEQC-II_normal", "SEQC-II_tumour"), "SEQC-II_tumour"),
        (("Tumor", "Normal"), "Tumor"),
        (("P1.cancer", "P1.blood"), "P1.cancer"),
        (("P1_WBC", "P1_cfDNA"), "P1_cfDNA"),
        (("P1", "NORMAL"), "P1"),
        (("germline", "P1"), "P1"),
        (("P1_metastasis", "P1_control"), "P1_metastasis"),
        (("anything",), "anything"),
        (("P1_T", "P1_N"), "P1_T"),
        (("COLO829R", "COLO829T"), "COLO829T"),
        (("P1_T_01", "P1_N_01"), "P1_T_01"),
        (("P1T_II", "P1R_II"), "P1T_II"),
        (("T", "N"), "T"),
        (("NORMAL", "PRIMARY"), "PRIMARY"),
    ],
)
def test_the_tumor_is_told_by_names(samples: tuple[str, ...], expected: str) -> None:
    assert tumor(samples) == expected
    assert tumor(samples[::-1]) == expected


@pytest.mark.parametrize(
    ("normal", "other"),
    [
        ("P1_non-tumor", "P1_T"),
        ("normal_adjacent_to_tumor", "P1"),
        ("tumor_adjacent", "P1"),
        ("P1_nontumour", "P1"),
        ("blood_of_tumor_patient", "P1"),
    ],
)
def test_a_name_that_says_tumor_of_a_normal_is_no_tumor(normal: str, other: str) -> None:
    assert tumor((normal, other)) == tumor((other, normal)) == other
    with pytest.raises(SampleError, match="reads as a normal"):
        tumor((normal,))


@pytest.mark.parametrize(
    "samples",
    [
        ("P1_a", "P1_b"),
        ("P1_T", "P2_N"),
        ("P1_T", "P1_X"),
        ("P1_TA", "P1_NA"),
        ("P1_T_01", "P1_N_02"),
        ("T", "N", "P1"),
        ("tumor", "relapse"),
        ("tumor", "metastatic_lesion"),
        ("A_tumor", "B", "C"),
        ("P1_tumor", "P2_tumor"),
        ("A", "B", "NORMAL"),
        ("tumorsample", "normalsample"),
        ("s0", "s1", "s2", "s3", "s4"),
    ],
)
def test_where_nothing_says_which_is_the_tumor_it_is_asked_for(samples: tuple[str, ...]) -> None:
    with pytest.raises(SampleError, match="nothing says which is the tumor") as caught:
        tumor(samples)
    assert all(name in str(caught.value) for name in samples)
    assert "--tumor-sample NAME" in str(caught.value)
    assert tumor(samples, wanted=samples[0]) == samples[0]


@pytest.mark.parametrize("samples", [("NORMAL",), ("P1_blood",), ("normal", "control"), ("P1-PBMC",)])
def test_normals_alone_are_no_tumor(samples: tuple[str, ...]) -> None:
    with pytest.raises(SampleError, match="holds no tumor"):
        tumor(samples)
    assert tumor(samples, wanted=samples[0]) == samples[0]


def test_a_sample_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(SampleError, match="has no sample P2; it has: P1_a, P1_b"):
        tumor(("P1_a", "P1_b"), wanted="P2")


def dragen(options: str) -> str:
    return f'##DRAGENCommandLine=<ID=dragen,Version="SW: 4.2",Date="D",CommandLineOptions="--enable-sv true {options}">'


STATEMENTS = {
    "Mutect2": "##tumor_sample=P1_b",
    "SAMPLE names the column": '##SAMPLE=<ID=TUMOR,SampleName=P1_b,Description="the tumor, fresh">',
    "SAMPLE of VCF 4.1, pure": "##SAMPLE=<ID=P1_b,Genomes=Tumor,Mixture=1.>",
    "SAMPLE of VCF 4.1, mixed": '##SAMPLE=<ID=P1_b,Genomes=Germline;Tumor,Mixture=.3;.7,Description="cells; mixed">',
    "SAMPLE of VCF 4.1, the normal alone": "##SAMPLE=<ID=P1_a,Genomes=Germline,Mixture=1.>",
    "SAMPLE names the normal's column": "##SAMPLE=<ID=NORMAL,SampleName=P1_a,File=P1_a.bam>",
    "PEDIGREE to 4.2": "##PEDIGREE=<Derived=P1_b,Original=P1_a>",
    "PEDIGREE from 4.3": "##PEDIGREE=<ID=P1_b,Original=P1_a>",
    "PEDIGREE of some callers": "##PEDIGREE=<Tumor=P1_b,Normal=P1_a>",
    "Mutect2, the normal alone": "##normal_sample=P1_a",
    "Mutect2, command line of the normal": (
        '##GATKCommandLine=<ID=Mutect2,CommandLine="Mutect2 --normal-sample P1_a --output out.vcf",Version="4.4.0.0">'
    ),
    "DRAGEN with read groups": dragen("--RGSM P1_a --RGSM-tumor P1_b --tumor-fastq1 t.fq -1 n.fq"),
    "DRAGEN with fastq lists": dragen(
        "--fastq-list l.csv --fastq-list-sample-id P1_a --tumor-fastq-list l.csv --tumor-fastq-list-sample-id=P1_b"
    ),
    "DRAGEN, the tumor alone": dragen("--tumor-fastq-list l.csv --tumor-fastq-list-sample-id P1_b"),
    "TNscope": (
        '##SentieonCommandLine.TNscope=<ID=TNscope,Version="sentieon-genomics-202112",'
        'CommandLine="sentieon driver -r g.fa --algo TNscope --tumor_sample P1_b --normal_sample P1_a out.vcf">'
    ),
    "TNhaplotyper2": (
        '##SentieonCommandLine.TNhaplotyper2=<ID=TNhaplotyper2,CommandLine="sentieon driver --algo TNhaplotyper2 '
        '--tumor_sample \\"P1_b\\" out.vcf">'
    ),
}


@pytest.mark.parametrize("statement", STATEMENTS.values())
def test_the_tumor_is_told_by_the_header(statement: str) -> None:
    assert tumor(("P1_a", "P1_b"), statement) == "P1_b"
    assert tumor(("P1_b", "P1_a"), statement) == "P1_b"


def test_a_sample_line_without_a_role_states_nothing() -> None:
    with pytest.raises(SampleError):
        tumor(("P1_a", "P1_b"), "##SAMPLE=<ID=P1_b,Assay=WholeGenome,Tissue=Breast>")


def test_the_header_goes_before_the_names() -> None:
    assert tumor(("tumor_of_father", "child"), "##tumor_sample=child") == "child"


def test_the_option_goes_before_the_header() -> None:
    assert tumor(("P1_a", "P1_b"), "##tumor_sample=P1_b", wanted="P1_a") == "P1_a"


def test_a_statement_about_samples_of_other_names_gives_way_to_the_names() -> None:
    assert tumor(("NORMAL", "TUMOR"), "##tumor_sample=HCC1395", "##normal_sample=HCC1395BL") == "TUMOR"


@pytest.mark.parametrize(
    "extra",
    [
        ("##tumor_sample=P1_primary", "##tumor_sample=P1_relapse"),
        ("##tumor_sample=P1_primary", "##SAMPLE=<ID=TUMOR,SampleName=P1_relapse>"),
        ("##PEDIGREE=<ID=P1_primary,Original=N>", "##PEDIGREE=<ID=P1_relapse,Original=N>"),
    ],
)
def test_several_stated_tumors_are_asked_about(extra: tuple[str, ...]) -> None:
    """Taking the first, or the one whose name says tumor, would hide the mutation of the other."""
    for names in (("P1_primary", "P1_relapse", "N"), ("N", "P1_relapse", "P1_primary")):
        with pytest.raises(SampleError, match="the header names several tumors: P1_"):
            tumor(names, *extra)


def test_mutect2_columns_are_alphabetical_and_the_normal_may_come_first_or_last() -> None:
    said = ("##normal_sample=B_N", "##tumor_sample=A_T")
    assert read_samples(("A_T", "B_N"), (MUTATED, REFERENCE), *said) == ["0/1"]
    said = ("##normal_sample=A_N", "##tumor_sample=B_T")
    assert read_samples(("A_N", "B_T"), (REFERENCE, MUTATED), *said) == ["0/1"]
    # the tumor's own genotype is read, whatever the normal's says beside it
    assert read_samples(("A_N", "B_T"), (MUTATED, REFERENCE), *said) == ["0/0"]


@pytest.mark.parametrize("name", ["ALT", "REF", "INFO", "FORMAT", "ID"])
def test_a_sample_may_be_named_as_a_fixed_column_is(name: str) -> None:
    """ALT is a tumor type: the genotype must not be looked for in the column of alleles."""
    assert read_samples((name,), (MUTATED,)) == ["0/1"]
    assert read_samples((name,), (REFERENCE,)) == []
    assert read_samples(("NORMAL", name), (REFERENCE, MUTATED)) == ["0/1"]


def test_no_sample_column_is_no_sample() -> None:
    assert tumor(()) is None
    assert tumor((), wanted="P1") is None
    record = vb.record("17", *vb.R175H["GRCh37"], info="DP=100;AF=0.32;DP4=30,38,16,16", format_=None)
    content = read(record, header=vb.header(samples=()))
    assert [(v.vaf, v.depth, v.genotype) for v in content.variants] == [(0.32, 100, None)]
    assert content.file.sample is None


def test_a_format_column_without_samples_is_no_sample() -> None:
    lines = vb.header(samples=())
    content = read(vb.record("17", *vb.R175H["GRCh37"], samples=()), header=[*lines[:-1], lines[-1] + "\tFORMAT"])
    assert len(content.variants) == 1


def test_a_sample_that_stands_twice_is_an_error() -> None:
    with pytest.raises(MalformedFileError, match="sample TUMOR stands twice"):
        tumor(("TUMOR", "NORMAL", "TUMOR"))


@pytest.mark.parametrize(
    ("last", "words"),
    [
        ("#CHROM POS ID REF ALT QUAL FILTER INFO", "separated by blanks, not tabs"),
        ("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tINFO\tFILTER", "has no #CHROM line"),
        ("##source=nobody", "has no #CHROM line"),
    ],
)
def test_a_head_without_its_column_line_is_an_error(last: str, words: str) -> None:
    with pytest.raises(MalformedFileError, match=words):
        _ = header_of(["##fileformat=VCFv4.2", last]).columns


def builds(*extra: str) -> set[tuple[str, bool]]:
    claims = header_of(vb.header(build=None, extra=extra)).build_claims()
    return {(claim.build.value, claim.supports) for claim in claims}


@pytest.mark.parametrize(
    ("line", "build"),
    [
        ("##contig=<ID=chr12,length=133851895>", "GRCh37"),
        ("##contig=<ID=12,length=133275309>", "GRCh38"),
        ("##contig=<length=81195210,ID=chr17>", "GRCh37"),
        ("##contig=<ID=1,length=248956422>", "GRCh38"),
        ('##contig=<ID=chrX,length="155270560">', "GRCh37"),
        ("##contig=<ID=chr1,assembly=hg19>", "GRCh37"),
        ('##contig=<ID=chr1,length=1,assembly="GCA_000001405.15_GRCh38_no_alt">', "GRCh38"),
        ("##contig=<ID=NC_000017.10>", "GRCh37"),
        ("##contig=<ID=NC_000012.12,length=133275309>", "GRCh38"),
        ("##reference=file:///data/genomes/hg38/Homo_sapiens_assembly38.fasta", "GRCh38"),
        ("##reference=human_g1k_v37.fasta", "GRCh37"),
        ("##reference=hs37d5.fa", "GRCh37"),
        ("##reference=GRCh38.p13", "GRCh38"),
    ],
)
def test_a_header_line_proves_the_build(line: str, build: str) -> None:
    assert builds(line) == {(build, True)}


@pytest.mark.parametrize(
    "line",
    [
        "##reference=file:///data/hg19_to_hg38/lifted.fa",
        "##reference=/genomes/GRCh37_and_GRCh38/ref.fa",
        "##reference=file:///seq/ref.fasta",
        "##reference=hg190",
        "##contig=<ID=chr12>",
        "##contig=<ID=chr12,length=1000>",
        "##contig=<ID=chrUn_KI270742v1,length=133851895>",
        '##comment="made on hg19"',
    ],
)
def test_a_header_line_that_proves_nothing(line: str) -> None:
    assert builds(line) == set()


@pytest.mark.parametrize(
    "extra",
    [
        ("##contig=<ID=12,length=133851895>", "##contig=<ID=17,length=83257441>"),
        ("##reference=hg19.fa", "##contig=<ID=12,length=133275309>"),
        ("##contig=<ID=NC_000012.11,length=133275309>",),
    ],
)
def test_a_header_that_contradicts_itself_is_refused_even_with_the_option(extra: tuple[str, ...]) -> None:
    header = vb.header(build=None, extra=extra)
    for build in (None, *Build):
        with pytest.raises(BuildError, match="the file contradicts itself about the genome build"):
            read(vb.somewhere_else(), header=header, options=Options(build=build))


@pytest.mark.parametrize(("stated", "asked"), [("GRCh37", Build.GRCH38), ("GRCh38", Build.GRCH37)])
def test_a_header_on_the_other_build_refuses_the_option(stated: str, asked: Build) -> None:
    with pytest.raises(BuildError, match=f"--build {asked} was given, but the file is not on {asked}: contig 12"):
        read(vb.somewhere_else(), header=vb.header(build=stated), options=Options(build=asked))


def test_from_version_4_4_on_a_copy_number_in_info_counts_one_allele() -> None:
    answers = {
        version: header_of(vb.header(fileformat=f"VCFv{version}")).allele_specific_copies
        for version in ("4.1", "4.3", "4.4", "4.5", "4.10", "5.0")
    }
    assert answers == {"4.1": False, "4.3": False, "4.4": True, "4.5": True, "4.10": True, "5.0": True}


def test_header_text_is_folded_only_where_it_is_a_key() -> None:
    header = header_of(vb.header(extra=("##EstimatedTumorPurity=0.45", '##ModelSource="DEPTH+BAF"', "##x=1", "##x=2")))
    assert header.meta["estimatedtumorpurity"] == "0.45"
    assert header.meta["modelsource"] == "DEPTH+BAF"
    assert header.meta["x"] == "1"
    assert header.declares("FORMAT", "GT")
    assert not header.declares("INFO", "GT")


def test_a_header_that_names_a_normal_as_the_tumor_is_refused() -> None:
    with pytest.raises(SampleError, match="the header names P_normal as the tumor, which reads as a normal"):
        tumor(("P_normal", "P_tumor"), "##tumor_sample=P_normal")


@pytest.mark.parametrize(
    ("samples", "extra"),
    [
        (("P1_a", "P1_b"), (STATEMENTS["Mutect2"], "##normal_sample=P1_a")),
        (("P1_a", "P1_b"), (STATEMENTS["PEDIGREE from 4.3"],)),
        (("P1_a", "P1_b"), (STATEMENTS["TNscope"],)),
        (("P1_a", "P1_b"), (STATEMENTS["DRAGEN with read groups"],)),
        (("NORMAL", "TUMOR"), ()),
        (("COLO829R", "COLO829T"), ()),
        (("P1",), ("##tumor_sample=P1", "##normal_sample=P1_blood")),  # DeepSomatic keeps the tumor's column alone
        (("P1_tumor",), (dragen("--fastq-list l.csv --tumor-fastq-list l.csv"),)),
    ],
)
def test_a_matched_normal_is_known_by_statement_command_or_name(
    samples: tuple[str, ...], extra: tuple[str, ...]
) -> None:
    header = header_of(vb.header(samples=samples, extra=extra))
    assert vcf_samples.has_matched_normal(header, vcf_samples.tumor_sample(header, Options()))


@pytest.mark.parametrize(
    ("samples", "extra"),
    [
        ((), ()),
        (("TUMOR",), ()),
        (("P1",), ("##tumor_sample=P1",)),
        (("P1",), (STATEMENTS["DRAGEN, the tumor alone"],)),
        (("P1_primary", "P1_relapse"), ("##tumor_sample=P1_relapse",)),
    ],
)
def test_a_tumor_alone_has_no_matched_normal(samples: tuple[str, ...], extra: tuple[str, ...]) -> None:
    header = header_of(vb.header(samples=samples, extra=extra))
    assert not vcf_samples.has_matched_normal(header, vcf_samples.tumor_sample(header, Options()))


def test_a_header_may_say_that_the_caller_was_set_for_plasma() -> None:
    liquid = dragen("--tumor-fastq-list l.csv --vc-enable-umi-liquid true")
    content = read(vb.somewhere_else(), header=vb.header(samples=("P1",), extra=(liquid,)))
    assert content.file.notes == (
        "called with settings for plasma (--vc-enable-umi-liquid true): if it is, pass --specimen plasma",
    )
    assert read(vb.somewhere_else(), header=vb.header(samples=("P1",))).file.notes == ()
