import pytest
from cn_files import MADE, made, over, read_path, read_text, values

from mdm2screen.errors import BuildError
from mdm2screen.readers.contract import Options
from mdm2screen.records import Build, PurityState, Reference, Scale
from shared_data import shared


@pytest.mark.parametrize("name", ["TUMOR_1.purple.cnv.somatic.tsv", "TUMOR_1.purple.cnv"])
def test_copies_of_the_tumor_cell_under_the_new_and_the_old_header(name: str) -> None:
    content = read_path(MADE / name, Options())
    (segment,) = over(content, "MDM2")
    assert (segment.start, segment.end, segment.value, segment.probes) == (69190001, 69250000, 17.8123, 58)
    assert segment.scale is Scale.TUMOR_COPIES
    assert segment.reference is Reference.DIPLOID
    assert segment.purity_state is PurityState.CORRECTED
    assert values(content, "TP53") == [2.0103]


def test_the_telomere_proves_the_build() -> None:
    path = MADE / "TUMOR_1.purple.cnv.somatic.tsv"
    content = read_path(path, Options())
    assert content.file.build is Build.GRCH37
    assert content.file.build_because == "a segment ends with chromosome 12 at 133851895"
    with pytest.raises(BuildError, match="--build GRCh38 was given, but the file is not on GRCh38"):
        read_path(path, Options(build=Build.GRCH38))


def test_a_segment_beyond_the_telomere_refutes_the_build() -> None:
    text = made("TUMOR_1.purple.cnv.somatic.tsv").replace("133851895", "133500123").replace("81195210", "80000000")
    assert read_text(text).file.build is Build.GRCH37
    with pytest.raises(BuildError, match="a segment of chromosome 12 ends at 133500123, beyond its 133275309 bases"):
        read_text(text, Options(build=Build.GRCH38))


def test_slightly_negative_copies_are_no_copies() -> None:
    text = made("TUMOR_1.purple.cnv").replace("17\t1\t81195210\t2.0103", "17\t1\t81195210\t-0.0466")
    assert values(read_text(text), "TP53") == [0]


def test_real_old_file() -> None:
    content = read_path(shared("cn/purple_v2.16_CUP.purple.cnv"), Options())
    assert values(content, "MDM2") == [2.0]
    assert values(content, "TP53") == [5.0475]
    assert content.file.build is Build.GRCH37


def test_the_rarer_allele_is_read_where_the_release_writes_it() -> None:
    (tp53,) = over(read_path(MADE / "TUMOR_1.purple.cnv.somatic.tsv"), "TP53")
    assert tp53.minor == pytest.approx(1.0, abs=0.1)
    (old,) = over(read_path(MADE / "TUMOR_1.purple.cnv"), "TP53")
    assert old.minor is None
