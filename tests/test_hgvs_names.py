"""HGVS names in every spelling, and the change each stands for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mdm2screen import hgvs_names
from mdm2screen.consequence import predict
from mdm2screen.genes import tp53_bases
from mdm2screen.records import Build

CODING = sorted(tp53_bases(Build.GRCH38))


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("c.524G>A", "c.524G>A"),
        ("NM_000546.6:c.524G>A", "c.524G>A"),
        ("ENST00000269305.8:c.672+62A>G", "c.672+62A>G"),
        ("c.524G%3EA", "c.524G>A"),
        ("c.216delC", "c.216del"),
        ("c.526_528dupTGC", "c.526_528dup"),
        ("c.948_949delGGinsTT", "c.948_949delinsTT"),
        ("c.850_853del4", "c.850_853del"),
        ("c.732_733insT", "c.732_733insT"),
        ("c.*267G>A", "c.*267G>A"),
        ("c.-29+1G>A", "c.-29+1G>A"),
        ("NM_000546.6:c.639A>G(p.(Arg213=))", "c.639A>G"),
        ("", None),
        (".", None),
        ("n.389T>C", None),
        ("c.e6+1G>A", None),  # counted in exons, as Oncotator and Funcotator do
        ("c.(523-525)cGc>cAc", None),
    ],
)
def test_a_c_name_in_one_spelling(written: str, name: str | None) -> None:
    assert hgvs_names.coding_name(written) == name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("p.Arg175His", "p.Arg175His"),
        ("NP_000537.3:p.(Arg175His)", "p.Arg175His"),
        ("ENSP00000269305.4:p.Arg213%3D", "p.Arg213="),
        ("NM_000546.6:c.639A>G(p.(Arg213=))", "p.Arg213="),
        ("p.Arg213Arg", "p.Arg213="),
        ("p.R213R", "p.Arg213="),
        ("p.R175H", "p.Arg175His"),
        ("p.R196X", "p.Arg196Ter"),
        ("p.Arg196*", "p.Arg196Ter"),
        ("p.Arg196Stop", "p.Arg196Ter"),
        ("p.V73Wfs*50", "p.Val73TrpfsTer50"),
        ("p.V73WfsX50", "p.Val73TrpfsTer50"),
        ("p.Val73fs", "p.Val73fs"),
        ("p.V73fs", "p.Val73fs"),
        ("p.*394Rext*9", "p.Ter394ArgextTer9"),
        ("p.H178_H179delinsYY", "p.His178_His179delinsTyrTyr"),
        ("p.(=)", "p.="),
        ("p.?", "p.?"),
        ("", None),
        (".", None),
    ],
)
def test_a_p_name_in_one_spelling(written: str, name: str | None) -> None:
    assert hgvs_names.protein_name(written) == name


@pytest.mark.parametrize(
    ("named", "shifted"),
    [
        ("c.524G>A", "c.524G>A"),
        ("c.212del", "c.216del"),  # any C of the run
        ("c.844_846del", "c.846_848del"),
        ("c.525_526insTGC", "c.526_528dup"),
        ("c.523_525dup", "c.523_525dup"),
        ("c.531_535delinsTTATT", "c.531_535delinsTTATT"),
        ("c.672+1G>A", "c.672+1G>A"),
        ("c.376-2A>G", "c.376-2A>G"),
        ("c.1182_*2del", "c.1182_*2del"),
    ],
)
def test_a_c_name_is_applied(named: str, shifted: str) -> None:
    described = hgvs_names.allele(named)
    assert described is not None
    assert predict(Build.GRCH38, *described).hgvs_c == shifted


@pytest.mark.parametrize(
    "named",
    [
        "c.524C>A",  # the base there is a G
        "c.-40G>A",  # in exon 1, whose bases are not known
        "c.673-400G>A",
        "c.9999G>A",
        "c.10_20insA",  # an insertion stands between neighbours
        "c.=",
        "c.9999_10000del",
    ],
)
def test_a_c_name_that_cannot_be_applied(named: str) -> None:
    assert hgvs_names.allele(named) is None


@given(st.sampled_from(CODING), st.integers(1, 12), st.text("ACGT", max_size=6))
def test_the_name_of_a_change_leads_back_to_the_change(pos: int, size: int, alt: str) -> None:
    known = tp53_bases(Build.GRCH38)
    places = range(pos, pos + size)
    if any(place not in known for place in places):
        return
    ref = "".join(known[place] for place in places)
    alt = ref[0] + alt
    if ref == alt:
        return
    own = predict(Build.GRCH38, pos, ref, alt)
    described = hgvs_names.allele(own.hgvs_c) if own.hgvs_c else None
    if described is not None:
        assert predict(Build.GRCH38, *described) == own


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("p.Arg175His", "p.Arg175His", True),
        ("p.Arg175His", "p.Arg175Leu", False),
        ("p.?", "p.Arg175His", None),
        ("p.Met1?", "p.Met1Val", True),
        ("p.Met1?", "p.0", True),
        ("p.Met1?", "p.Met40Val", False),
        ("p.Met133Lys", "p.Met133Arg", False),
        ("p.Val73TrpfsTer50", "p.Val73fs", True),
        ("p.Val73TrpfsTer50", "p.Val73TrpfsTer49", False),
        ("p.Val73TrpfsTer50", "p.Pro71fs", False),
        ("p.Val73TrpfsTer?", "p.Val73TrpfsTer50", True),
        ("p.Tyr236Ter", "p.Tyr236fs", True),  # a stop at once
        ("p.Tyr236Ter", "p.Tyr234fs", False),
        ("p.Ter394ArgextTer9", "p.Ter394ArgextTer?", True),
        ("p.Ter394ArgextTer9", "p.Ter394Arg", True),
        ("p.Ter394ArgextTer9", "p.Ter394TrpextTer9", False),
        ("p.Cys176dup", "p.Cys176delinsCysCys", True),
        ("p.Cys176dup", "p.Arg175_Cys176insCys", True),
        ("p.His178_His179delinsTyrTyr", "p.HisHis178TyrTyr", True),
        ("p.Arg283del", "p.Arg282_Arg283delinsArg", True),
        ("p.Arg213=", "p.=", True),
        ("p.Arg213=", "p.Arg213Leu", False),
        ("p.Arg196Ter", "p.Arg196_Val197delinsTer", True),
        ("p.Arg175His", "p.Lys175His", False),  # another residue stands there
        ("p.Arg175His", "p.Arg999His", False),
        ("p.Arg175His", "p.strange", False),
    ],
)
def test_whether_two_p_names_describe_one_protein(one: str, other: str, same: bool | None) -> None:
    assert hgvs_names.same_protein(one, other) is same


def test_every_change_of_one_residue_is_applied_to_the_protein() -> None:
    whole = hgvs_names.applied("p.=")
    assert whole is not None
    assert (len(whole), whole[0], whole[-1]) == (394, "M", "*")
    assert hgvs_names.applied("p.Arg175His") == f"{whole[:174]}H{whole[175:]}"
    assert hgvs_names.applied("p.Arg196Ter") == f"{whole[:195]}*"
    assert hgvs_names.applied("p.Val73fs") is None
