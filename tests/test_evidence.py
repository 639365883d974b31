"""Records joined to the genes: whose variants, whose purity, and what is refused."""

import pytest

import evidence_builder as eb
from mdm2screen.errors import ReferenceMismatchError, UsageError
from mdm2screen.evidence import gather, stated_by_user
from mdm2screen.records import FileContent, PurityRecord, Source


def purity(name: str, purity: float | None, ploidy: float | None = None) -> FileContent:
    return eb.content(name, purities=(PurityRecord(purity=purity, ploidy=ploidy, source=Source(file=name)),))


def test_a_record_that_begins_before_the_gene_and_ends_in_it_is_of_the_gene() -> None:
    """TP53 begins at 7,571,720 on GRCh37."""
    inside = eb.variant(7_000_000, "N", "<DEL>", structural=True, end=7_571_720)
    before = eb.variant(7_000_000, "N", "<DEL>", structural=True, end=7_571_719)
    assert [v.record for v in eb.observed(inside, before)] == [inside]


def test_a_row_that_names_one_gene_is_not_the_others() -> None:
    """Its coordinates may span both where a producer writes the segment beside the gene."""
    row = eb.segment(20, gene="CDK4")
    given = gather([eb.content("a.tsv", segments=(row, eb.segment(3)), copy_number=True)])
    assert [record.value for record in given.mdm2[0].segments] == [3]


def test_a_wrong_ref_is_refused_with_place_and_both_bases() -> None:
    with pytest.raises(ReferenceMismatchError) as error:
        eb.observed(eb.variant(7578406, "A", "T"))
    assert str(error.value).startswith(
        "made.vcf line 30: REF has A at chromosome 17 position 7578406, where GRCh37 has C"
    )


def test_the_users_purity_goes_before_that_of_files() -> None:
    given = gather([purity("a", 0.3, 2.5), purity("b", 0.6)], given=stated_by_user(0.5, None), assay="wes")
    assert given.purity is not None
    assert given.ploidy is not None
    assert (given.purity.purity, given.purity.source.file) == (0.5, "options")
    assert (given.ploidy.ploidy, given.ploidy.source.file) == (2.5, "a")


def test_files_that_agree_settle_the_purity_and_files_that_do_not_ask() -> None:
    agreed = gather([purity("a", 0.3), purity("b", 0.3), purity("c", None)]).purity
    assert agreed is not None
    assert agreed.purity == 0.3
    with pytest.raises(UsageError, match=r"different values of purity: 0\.3 in a, 0\.6 in b"):
        gather([purity("a", 0.3), purity("b", 0.6)])
    with pytest.raises(UsageError, match=r"different values of ploidy: 2 in a, 4 in b"):
        gather([purity("a", 0.3, 2), purity("b", 0.3, 4)])


def test_values_that_differ_by_rounding_agree_and_the_one_with_most_digits_holds() -> None:
    for files in (
        [purity("a", 0.62, 2.31), purity("b", 0.6234, 2.3)],
        [purity("b", 0.6234, 2.3), purity("a", 0.62, 2.31)],
    ):
        given = gather(files)
        assert given.purity is not None
        assert given.ploidy is not None
        assert (given.purity.purity, given.purity.source.file) == (0.6234, "b")
        assert (given.ploidy.ploidy, given.ploidy.source.file) == (2.31, "a")


def test_values_further_apart_than_rounding_ask_and_all_are_listed() -> None:
    with pytest.raises(UsageError, match=r"0\.6 in a, 0\.61 in b, 0\.62 in c") as error:
        gather([purity("a", 0.6), purity("b", 0.61), purity("c", 0.62)])
    assert "--purity 0.6" in str(error.value)
