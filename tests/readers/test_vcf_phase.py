"""Which alleles of a VCF lie on one molecule, as each caller and phaser writes it."""

import pytest
from vcf_files import data_line, read

from mdm2screen.errors import MalformedFileError
from mdm2screen.readers.vcf_phase import phase
from mdm2screen.records import Phase

MNV = "chr17:7578406_CG->TA"


def line_with(format_: str, sample: str, *, info: str = ".", alt: str = "T") -> Phase | None:
    return phase(data_line(f"17 7578406 . C {alt} . PASS {info} {format_} {sample}"), 1)


@pytest.mark.parametrize(
    ("format_", "sample", "group", "haplotypes"),
    [
        ("GT:PS", "0|1:7578400", "PS 7578400", (1,)),
        ("GT:PS", "1|0:7578400", "PS 7578400", (0,)),
        ("GT:PS", "1|1:7578400", "PS 7578400", (0, 1)),
        ("GT:PS", "0|0|1:7578400", "PS 7578400", (2,)),  # Octopus: a somatic haplotype beside the two of the normal
        ("GT:PS", "|0|1:7578400", "PS 7578400", (1,)),  # VCF 4.4
        ("GT", "0|1", "phased without a phase set", (1,)),
        ("GT:PS", "0|1:.", "phased without a phase set", (1,)),
        ("GT:AD:PGT:PID:PS", "0|1:9,9:0|1:7578400_A_C:7578400", "PID 7578400_A_C", (1,)),  # Mutect2
        ("GT:PGT:PID", "0/1:1|0:7578400_A_C", "PID 7578400_A_C", (0,)),  # HaplotypeCaller before 4.1
    ],
)
def test_what_is_phased(format_: str, sample: str, group: str, haplotypes: tuple[int, ...]) -> None:
    assert line_with(format_, sample) == Phase(group=group, haplotypes=haplotypes)


@pytest.mark.parametrize(
    ("format_", "sample"),
    [
        ("GT:PS", "0/1:7578400"),  # a phase set beside an unphased genotype means nothing
        ("GT:PS", "0|0:7578400"),
        ("GT:PS", "/0|1:7578400"),  # VCF 4.4: the first allele is not phased
        ("GT", "1"),
        ("GT:PGT:PID", "0/1:.:."),
        ("GT:PGT:PID", "0/1:0|1:."),
        ("DP:AU:CU:GU:TU", "90:0,0:50,51:0,0:40,41"),  # Strelka2
    ],
)
def test_what_is_not_phased(format_: str, sample: str) -> None:
    assert line_with(format_, sample) is None


def test_a_file_without_samples_says_nothing_of_phase() -> None:
    assert phase(data_line("17 7578406 . C T . PASS DP=90", column=None), 1) is None


def test_each_allele_of_a_line_has_the_haplotype_of_its_own() -> None:
    line = data_line("17 7578406 . C T,G . PASS . GT:PS 1|2:7578400")
    assert [phase(line, allele) for allele in (1, 2)] == [
        Phase(group="PS 7578400", haplotypes=(0,)),
        Phase(group="PS 7578400", haplotypes=(1,)),
    ]


def test_dragen_names_the_change_of_several_bases() -> None:
    found = line_with("GT", "0/1", info=f"MNVTAG={MNV}")
    assert found == Phase(group="MNV 7578406 CG>TA", haplotypes=(0,), whole=(7578406, "CG", "TA"))


def test_dragen_gives_a_part_its_phase_set_too() -> None:
    found = line_with("GT:PS", "0|1:7578406", info=f"MNVTAG={MNV}")
    assert found == Phase(group="PS 7578406", haplotypes=(1,), whole=(7578406, "CG", "TA"))


@pytest.mark.parametrize("tag", [".", ""])
def test_an_empty_tag_says_nothing(tag: str) -> None:
    assert line_with("GT", "0/1", info=f"MNVTAG={tag}") is None


@pytest.mark.parametrize(
    ("format_", "sample", "info", "what"),
    [
        ("GT:PGT:PID", "0/1:yes:7578400_A_C", ".", "PGT is 'yes', no genotype"),
        ("GT", "0/1", "MNVTAG=CG->TA", "MNVTAG is 'CG->TA', not of the form"),
    ],
)
def test_a_token_that_does_not_parse_is_an_error(format_: str, sample: str, info: str, what: str) -> None:
    with pytest.raises(MalformedFileError, match=what) as caught:
        line_with(format_, sample, info=info)
    assert "line 7" in str(caught.value)
    assert caught.value.exit_code == 3


def test_the_reader_hands_the_phase_on() -> None:
    content = read("17\t7578406\t.\tC\tT\t.\tPASS\t.\tGT:PS\t0|1:7578400")
    assert [variant.phase for variant in content.variants] == [Phase(group="PS 7578400", haplotypes=(1,))]


def test_a_structural_record_has_no_phase_here() -> None:
    content = read("17\t7578406\t.\tC\t<DEL>\t.\tPASS\tEND=7578500;SVTYPE=DEL\tGT:PS\t0|1:7578400")
    assert [variant.phase for variant in content.variants] == [None]
