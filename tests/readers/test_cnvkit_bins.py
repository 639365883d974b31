"""CNVkit bins: the weighted mean over a gene, and bins without a read."""

import pytest
from cn_files import MADE, made, over, read_path, read_text

from mdm2screen.errors import UnknownFormatError


def test_every_bin_of_the_gene_carries_their_weighted_mean() -> None:
    found = over(read_path(MADE / "TUMOR_1.cnr"), "MDM2")
    mean = (3.0 * 0.9 + 3.3 * 0.6) / 1.5
    assert [segment.value for segment in found] == [pytest.approx(mean), pytest.approx(mean), None]
    assert found[0].label == "mean of 2 bins; this one 3.0"


def test_a_gene_whose_bins_have_no_read_has_no_number() -> None:
    text = made("TUMOR_1.cnr").replace("\t3.0\t", "\t-20\t").replace("\t3.3\t", "\t-20\t")
    assert [segment.value for segment in over(read_text(text), "MDM2")] == [None, None, None]


def test_the_list_of_significant_bins_alone_is_not_read() -> None:
    lines = made("TUMOR_1.cnr").splitlines()
    text = "".join(f"{line}\t{'p_bintest' if n == 0 else '0.001'}\n" for n, line in enumerate(lines))
    with pytest.raises(UnknownFormatError):
        read_text(text)


def test_a_gene_reaches_from_its_first_bin_to_its_last_whatever_lies_between() -> None:
    """Exons alone are a small part of a gene; CNVkit genemetrics gives the gene the same stretch."""
    rows = "".join(f"12\t{start}\t{start + 200}\tMDM2\t900\t3.0\t0.9\n" for start in (69202200, 69220000, 69238000))
    found = over(read_text(f"chromosome\tstart\tend\tgene\tdepth\tlog2\tweight\n{rows}"), "MDM2")
    assert [(s.start, s.end) for s in found] == [(69202201, 69220000), (69220001, 69238000), (69238001, 69238200)]


def test_in_bins_wider_than_the_gene_the_mean_is_the_least_there_can_be() -> None:
    """A shallow genome in bins of half a megabase."""
    text = "chromosome\tstart\tend\tgene\tdepth\tlog2\tweight\nchr12\t69000000\t69500000\tMDM2\t1\t0.4\t0.9\n"
    (segment,) = over(read_text(text), "MDM2")
    assert (segment.value, segment.at_least) == (0.4, True)
    assert all(not s.at_least for s in over(read_path(MADE / "TUMOR_1.cnr"), "MDM2"))
