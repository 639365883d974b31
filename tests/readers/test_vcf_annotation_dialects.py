"""SnpEff, bcftools csq, Funcotator, ANNOVAR, PAVE and Ion Reporter in INFO."""

import pytest
from annotated import nothing, only, said, short
from hypothesis import given
from hypothesis import strategies as st

from mdm2screen.annotation import compare
from mdm2screen.consequence import predict
from mdm2screen.records import Build

ANN = {"ANN": "Functional annotations: 'Allele | Annotation | Annotation_Impact | Gene_Name | Gene_ID | ...' "}
SNPEFF_R175H = (
    "T|missense_variant|MODERATE|TP53|TP53|transcript|NM_000546.5|protein_coding|5/11|c.524G>A|p.Arg175His|"
    "714/2579|524/1182|175/393||"
)


# SnpEff


@pytest.mark.parametrize("declared", [ANN, {}])
def test_snpeff_ann(declared: dict[str, str]) -> None:
    found = only(said(f"DP=9;ANN={SNPEFF_R175H}", declared=declared))
    assert short(found) == ("SnpEff", "NM_000546", "missense_variant", "c.524G>A", "p.Arg175His")


def test_snpeff_names_the_whole_alt() -> None:
    frameshift = (
        "C|frameshift_variant|HIGH|TP53|TP53|transcript|NM_000546.5|protein_coding|4/11|c.216delC|p.Val73fs|||||"
    )
    other = frameshift.replace("C|frameshift", "CGG|frameshift", 1)
    found = said(f"ANN={other},{frameshift}", ref="CG", alts=("C", "CGG"), declared=ANN)
    assert short(only(found))[2:] == ("frameshift_variant", "c.216del", "p.Val73fs")


def test_a_snpeff_effect_on_the_germline_allele_is_one_of_several_variants_together() -> None:
    germline = SNPEFF_R175H.replace("T|missense", "T-A|missense", 1)
    found = said(f"ANN={SNPEFF_R175H},{germline}", declared=ANN)
    assert [one.with_others for one in found.annotations] == [False, True]


def test_snpeff_rows_that_are_of_no_transcript_or_another_gene_are_left_out() -> None:
    interaction = SNPEFF_R175H.replace("|transcript|NM_000546.5|", "|interaction|1TSR:A_175-A_183:NM_000546.5|")
    neighbour = SNPEFF_R175H.replace("TP53|TP53", "WRAP53|WRAP53")
    assert nothing(said(f"ANN={interaction},{neighbour}", declared=ANN))


def test_what_snpeff_doubts_itself_is_said() -> None:
    found = said(f"ANN={SNPEFF_R175H}WARNING_REF_DOES_NOT_MATCH_GENOME", declared=ANN)
    assert found.unread == ["SnpEff doubts its own entry on NM_000546: WARNING_REF_DOES_NOT_MATCH_GENOME"]
    assert not said(f"ANN={SNPEFF_R175H}INFO_REALIGN_3_PRIME", declared=ANN).unread


def test_a_broken_ann_is_said() -> None:
    assert said("ANN=T|missense_variant|MODERATE", declared=ANN).unread == [
        "an entry of ANN has 3 fields, fewer than the 11 it needs"
    ]
    assert said(f"ANN={SNPEFF_R175H}", alts=("G",), declared=ANN).unread == [
        "ANN has entries for other alleles, none for ALT G"
    ]


@pytest.mark.parametrize("change", ["R175H", "p.Arg175His/c.524G>A"])
def test_snpeff_before_version_4(change: str) -> None:
    effect = f"NON_SYNONYMOUS_CODING(MODERATE|MISSENSE|cGc/cAc|{change}|393|TP53|protein_coding|CODING|NM_000546|5|1)"
    other = effect.replace("|1)", "|2)").replace("NON_SYNONYMOUS_CODING", "STOP_GAINED")
    far = "UPSTREAM(MODIFIER||3512||532|WRAP53|protein_coding|CODING|NM_001143990||1)"
    found = only(said(f"EFF={effect},{other},{far}", alts=("T", "A")))
    assert (found.terms, found.hgvs_p) == (("missense_variant",), "p.Arg175His")


def test_a_broken_eff_is_said() -> None:
    effect = "STOP_GAINED(HIGH|NONSENSE|Cga/Tga|R196*|393|TP53|protein_coding|CODING|NM_000546|6)"
    assert only(said(f"EFF={effect}")).terms == ("stop_gained",)
    assert "which of 2 alleles" in said(f"EFF={effect}", alts=("T", "A")).unread[0]
    assert said("EFF=broken").unread == ["EFF holds no effect of the form Effect(Impact|...)"]
    assert said("EFF=STOP_GAINED(HIGH|TP53)").unread == ["an effect of EFF has 2 fields, fewer than the 9 it needs"]


# bcftools csq


BCSQ = {"BCSQ": "Haplotype-aware consequence annotation from BCFtools/csq. Format: Consequence|gene|transcript|..."}
R175H_BCSQ = "missense|TP53|ENST00000269305|protein_coding|-|175R>175H|7675088C>T"


def test_bcsq() -> None:
    found = only(said(f"BCSQ={R175H_BCSQ}", declared=BCSQ))
    assert short(found) == ("bcftools csq", "ENST00000269305", "missense_variant", None, "p.Arg175His")
    assert not found.with_others


@pytest.mark.parametrize(
    ("effect", "change", "terms", "p"),
    [
        ("synonymous", "213R", "synonymous_variant", "p.Arg213="),
        ("stop_gained", "196R>196*", "stop_gained", "p.Arg196Ter"),
        ("inframe_insertion", "177P>177CP", "inframe_insertion", "p.Pro177delinsCysPro"),
        ("inframe_deletion", "282RR>282R", "inframe_deletion", "p.Arg282_Arg283delinsArg"),
        ("frameshift", "72PVAP>72PWPL*", "frameshift_variant", "p.Val73TrpfsTer4"),
        ("frameshift", "72PVAP>72P*", "frameshift_variant", "p.Val73Ter"),
        ("stop_gained&frameshift", "72PVAP>72PWPL", "stop_gained frameshift_variant", "p.Val73TrpfsTer?"),
        ("start_lost", "1M>1V", "start_lost", "p.Met1Val"),
        ("stop_lost", "394*>394R", "stop_lost", "p.Ter394Arg"),
        ("missense", "175R..180>175H", "missense_variant", None),  # shortened with --trim-protein-seq
    ],
)
def test_an_amino_acid_change_of_bcftools_as_hgvs(effect: str, change: str, terms: str, p: str | None) -> None:
    text = f"BCSQ={effect}|TP53|ENST00000269305|protein_coding|-|{change}|7675088C>T"
    assert short(only(said(text, declared=BCSQ)))[2:] == (terms, None, p)


def test_bcsq_without_a_transcript_or_change() -> None:
    assert only(said("BCSQ=intron|TP53||protein_coding", declared=BCSQ)).transcript is None
    splice = "BCSQ=splice_acceptor|TP53|ENST00000269305|protein_coding"
    assert only(said(splice, declared=BCSQ)).terms == ("splice_acceptor_variant",)
    assert "which of 2 alleles" in said(splice, alts=("T", "A"), declared=BCSQ).unread[0]


def test_bcsq_entries_belong_to_the_allele_they_name() -> None:
    text = f"BCSQ={R175H_BCSQ},missense|TP53|ENST00000269305|protein_coding|-|175R>175L|7675088C>A"
    found = [only(said(text, alts=("T", "A"), number=n, declared=BCSQ)).hgvs_p for n in (1, 2)]
    assert found == ["p.Arg175His", "p.Arg175Leu"]


def test_bcsq_of_several_records_stands_at_one_of_them() -> None:
    together = "missense|TP53|ENST00000269305|protein_coding|-|273R>274Y|7673802C>T+7673803G>A"
    info_at = {7673803: (f"DP=4;BCSQ={together}",)}
    pointing = said("BCSQ=@7673803", pos=7673802, info_at=info_at, declared=BCSQ)
    assert only(pointing).with_others
    assert only(said(f"BCSQ={together}", ref="G", alts=("A",), pos=7673803, declared=BCSQ)).with_others
    lost = said("BCSQ=@7673803", pos=7673802, declared=BCSQ)
    assert lost.unread == ["BCSQ points to the record at 7673803, which does not tell of this allele"]


def test_bcsq_behind_a_stop_of_the_same_haplotype() -> None:
    assert only(said(f"BCSQ=*{R175H_BCSQ}", declared=BCSQ)).with_others


def test_a_broken_bcsq_is_said() -> None:
    assert said("BCSQ=missense|TP53", declared=BCSQ).unread == [
        "an entry of BCSQ has 2 fields, fewer than the 4 it needs"
    ]


# Funcotator


GENCODE = [
    "hugoSymbol",
    "ncbiBuild",
    "variantClassification",
    "secondaryVariantClassification",
    "annotationTranscript",
    "cDnaChange",
    "codonChange",
    "proteinChange",
    "otherTranscripts",
]
FUNCOTATION = {
    "FUNCOTATION": "Functional annotation from the Funcotator tool.  Funcotation fields are: "
    + "|".join([*(f"Gencode_34_{name}" for name in GENCODE), "ClinVar_VCF_CLNSIG", "ClinVar_VCF_CLNREVSTAT"])
}


def funcotation(**changes: str) -> str:
    fields = {
        "hugoSymbol": "TP53",
        "variantClassification": "MISSENSE",
        "annotationTranscript": "ENST00000269305.9",
        "cDnaChange": "c.524G>A",
        "codonChange": "c.(523-525)cGc>cAc",
        "proteinChange": "p.R175H",
    } | changes
    return f"[{'|'.join(fields.get(name, '') for name in (*GENCODE, 'clinvar', 'review'))}]"


def test_funcotation() -> None:
    found = only(said(f"FUNCOTATION={funcotation()}", declared=FUNCOTATION))
    assert short(found) == ("Funcotator", "ENST00000269305", "missense_variant", "c.524G>A", "p.Arg175His")


@pytest.mark.parametrize(
    ("word", "second", "terms"),
    [
        ("NONSENSE", "", "stop_gained"),
        ("FRAME_SHIFT_DEL", "", "frameshift_variant"),
        ("SILENT", "", "synonymous_variant"),
        ("NONSTOP", "", "stop_lost"),
        ("START_CODON_SNP", "", "start_lost"),
        ("SPLICE_SITE", "INTRON", "splice_site_variant"),
        ("SPLICE_SITE", "SILENT", "synonymous_variant splice_region_variant"),
        ("INTRON", "", "intron_variant"),
        ("FIVE_PRIME_UTR", "", "5_prime_UTR_variant"),
    ],
)
def test_the_words_of_funcotator(word: str, second: str, terms: str) -> None:
    text = funcotation(variantClassification=word, secondaryVariantClassification=second)
    assert short(only(said(f"FUNCOTATION={text}", declared=FUNCOTATION)))[2] == terms


def test_funcotation_per_allele_and_per_transcript() -> None:
    leu = f"{funcotation(proteinChange='p.R175L')}#{funcotation(annotationTranscript='ENST00000420246.6')}"
    text = f"FUNCOTATION={funcotation()},{leu}"
    assert only(said(text, alts=("T", "A"), declared=FUNCOTATION)).hgvs_p == "p.Arg175His"
    both = said(text, alts=("T", "A"), number=2, declared=FUNCOTATION).annotations
    assert [(one.transcript, one.hgvs_p) for one in both] == [
        ("ENST00000269305", "p.Arg175Leu"),
        ("ENST00000420246", "p.Arg175His"),
    ]
    assert said(text, declared=FUNCOTATION).unread == ["FUNCOTATION tells of 2 alleles, the line has 1"]


def test_funcotator_tells_of_other_transcripts_in_short() -> None:
    others = "TP53_ENST00000359597.8_MISSENSE_p.R175H/TP53_ENST00000269305.9_FRAME_SHIFT_DEL_p.V73fs/TP53_x"
    text = funcotation(annotationTranscript="ENST00000420246.6", otherTranscripts=others)
    found = said(f"FUNCOTATION={text}", declared=FUNCOTATION)
    assert [(one.transcript, one.terms, one.hgvs_p) for one in found.annotations] == [
        ("ENST00000420246", ("missense_variant",), "p.Arg175His"),
        ("ENST00000269305", ("frameshift_variant",), "p.Val73fs"),
    ]


def test_funcotator_counts_introns_in_exons_and_carries_clinvar() -> None:
    text = funcotation(
        cDnaChange="c.e6+1G>A", proteinChange="", clinvar="Pathogenic_%7C_drug_response", review="expert_%20_panel"
    )
    found = said(f"FUNCOTATION={text}", declared=FUNCOTATION)
    assert only(found).hgvs_c is None
    assert [(one.significance, one.words) for one in found.classes] == [
        ("pathogenic", "Pathogenic|drug_response; expert panel")
    ]


def test_a_broken_funcotation_is_said() -> None:
    assert said("FUNCOTATION=[TP53|hg38]", declared=FUNCOTATION).unread == [
        "an entry of FUNCOTATION has 2 fields, the header names 11"
    ]
    assert said(f"FUNCOTATION={funcotation()}").unread == [
        "FUNCOTATION cannot be read: the header does not name its fields"
    ]


# ANNOVAR


def annovar(function: str, exonic: str = ".", change: str = ".", detail: str = ".", table: str = "refGene") -> str:
    keys = {"Func": function, "Gene": "TP53", "GeneDetail": detail, "ExonicFunc": exonic, "AAChange": change}
    return ";".join(["ANNOVAR_DATE=2020-06-08", *(f"{k}.{table}={v}" for k, v in keys.items()), "ALLELE_END"])


def test_annovar() -> None:
    change = "TP53:NM_000546:exon5:c.G524A:p.R175H,TP53:NM_001126115:exon1:c.G128A:p.R43H"
    found = said(annovar("exonic", "nonsynonymous_SNV", change))
    assert [short(one) for one in found.annotations] == [
        ("ANNOVAR (refGene)", "NM_000546", "missense_variant", "c.524G>A", "p.Arg175His"),
        ("ANNOVAR (refGene)", "NM_001126115", "missense_variant", "c.128G>A", "p.Arg43His"),
    ]


@pytest.mark.parametrize("table", ["refGeneWithVer", "ensGene", "wgEncodeGencodeBasicV19"])
def test_annovar_tables(table: str) -> None:
    change = "TP53:NM_000546.6:exon4:c.216delC:p.V73Wfs*50"
    found = only(said(annovar("exonic", "frameshift_deletion", change, table=table)))
    assert short(found)[2:] == ("frameshift_variant", "c.216del", "p.Val73TrpfsTer50")
    assert found.program == f"ANNOVAR ({table})"


@pytest.mark.parametrize(
    ("function", "exonic", "change", "detail", "expected"),
    [
        ("exonic", "stopgain", "TP53:NM_000546:exon6:c.C586T:p.R196X", ".", ("stop_gained", "c.586C>T", "p.Arg196Ter")),
        (
            "exonic",
            "nonframeshift_substitution",
            "TP53:NM_000546:exon9:c.948_949TT",
            ".",
            ("protein_altering_variant", "c.948_949delinsTT", None),
        ),
        (
            "splicing",
            ".",
            ".",
            r"NM_000546:exon6:c.672+1G>A\x3bNM_001126115:exon2:c.276+1G>A",
            ("splice_site_variant", "c.672+1G>A", None),
        ),
        ("UTR3", ".", ".", "NM_000546:c.*267G>A", ("3_prime_UTR_variant", "c.*267G>A", None)),
    ],
)
def test_the_words_of_annovar(
    function: str, exonic: str, change: str, detail: str, expected: tuple[str, str, str | None]
) -> None:
    found = said(annovar(function, exonic, change, detail))
    assert found.unread == []
    assert short(found.annotations[0])[1:] == ("NM_000546", *expected)


def test_annovar_names_no_transcript_of_an_intron() -> None:
    found = only(said(annovar("intronic")))
    assert (found.transcript, found.terms) == (None, ("intron_variant",))


def test_annovar_repeats_its_keys_for_each_alt() -> None:
    first = annovar("exonic", "synonymous_SNV", "TP53:NM_000546:exon5:c.G525A:p.R175R")
    second = annovar("exonic", "stopgain", "TP53:NM_000546:exon5:c.G524A:p.R175X")
    info = f"DP=80;{first};{second}"
    found = [only(said(info, alts=("T", "A"), number=n)).terms for n in (1, 2)]
    assert found == [("synonymous_variant",), ("stop_gained",)]
    assert said(info).unread == ["ANNOVAR tells of 2 alleles, the line has 1"]
    without_ends = info.replace("ANNOVAR_DATE=2020-06-08;", "").replace(";ALLELE_END", "")
    assert only(said(without_ends, alts=("T", "A"), number=2)).terms == ("stop_gained",)


def test_annovar_carries_the_clinvar_class_of_each_alt() -> None:
    change = "TP53:NM_000546:exon5:c.G524A:p.R175H"
    blocks = [
        annovar("exonic", "nonsynonymous_SNV", change).replace("ALLELE_END", f"CLNSIG={word};ALLELE_END")
        for word in ("Pathogenic", "Benign")
    ]
    found = [said(";".join(blocks), alts=("T", "A"), number=n).classes for n in (1, 2)]
    assert [[one.significance for one in classes] for classes in found] == [["pathogenic"], ["benign"]]


def test_a_broken_aachange_is_said_and_an_unknown_one_is_nothing() -> None:
    broken = said(annovar("exonic", "nonsynonymous_SNV", "TP53:NM_000546"))
    assert broken.unread == ["AAChange.refGene holds 'TP53:NM_000546', which is not gene:transcript:exon:c."]
    assert said(annovar("exonic", "unknown", "UNKNOWN")).unread == []


# PAVE


PAVE = {"IMPACT": "Variant Impact [Gene,Transcript,CanonicalEffect,CanonicalCodingEffect,SpliceRegion,...]"}
IMPACT = "TP53,ENST00000269305,missense_variant,MISSENSE,false,c.524G>A,p.Arg175His,,MISSENSE,1"


@pytest.mark.parametrize("declared", [PAVE, {}])
def test_pave(declared: dict[str, str]) -> None:
    found = only(said(f"IMPACT={IMPACT}", declared=declared))
    assert short(found) == ("PAVE", "ENST00000269305", "missense_variant", "c.524G>A", "p.Arg175His")
    assert found.chosen


def test_pave_tells_of_the_first_alt_alone_and_marks_what_it_joined() -> None:
    assert nothing(said(f"IMPACT={IMPACT}", alts=("T", "A"), number=2, declared=PAVE))
    joined = IMPACT.replace("missense_variant", "phased_inframe_deletion").replace("false", "true")
    found = only(said(f"IMPACT={joined}", declared=PAVE))
    assert (found.terms, found.with_others) == (("inframe_deletion", "splice_region_variant"), True)


def test_the_impact_of_another_program_is_not_paves() -> None:
    assert nothing(said("IMPACT=HIGH"))
    assert nothing(said("IMPACT=HIGH", declared={"IMPACT": "Impact of the consequence"}))
    assert said("IMPACT=TP53,ENST00000269305", declared=PAVE).unread == ["IMPACT has 2 values, PAVE writes 10"]


# Ion Reporter


FUNC = (
    "FUNC=[{'origPos':'7578190','origRef':'T','gene':'TP53','gt':'pos','coding':'c.659A>G','transcript':'NM_000546.5',"
    "'function':'missense','protein':'p.Tyr220Cys','location':'exonic','origAlt':'C','exon':'6'}]"
)


def test_ion_reporter_tells_the_allele_it_means() -> None:
    found = only(said(f"HS;{FUNC};DP=9", ref="T", alts=("C", "G")))
    assert short(found) == ("Ion Reporter", "NM_000546", "missense_variant", "c.659A>G", "p.Tyr220Cys")
    assert nothing(said(FUNC, ref="T", alts=("C", "G"), number=2))
    assert nothing(said("FUNC=[{'transcript':'NM_000546.5','gene':'TP53','location':'exonic','exon':'11'}]"))


@pytest.mark.parametrize(
    ("function", "location", "terms"),
    [
        ("nonsense", "exonic", "stop_gained"),
        ("frameshiftDeletion", "exonic", "frameshift_variant"),
        ("", "splicesite_5", "splice_site_variant"),
        ("", "intronic", "intron_variant"),
    ],
)
def test_the_words_of_ion_reporter(function: str, location: str, terms: str) -> None:
    text = FUNC.replace("'missense'", f"'{function}'").replace("'exonic'", f"'{location}'")
    assert short(only(said(text, ref="T", alts=("C",))))[2] == terms


def test_a_broken_func_is_said() -> None:
    assert said("FUNC=[{'gene':'TP53',}'}]").unread == ["FUNC is no list of maps"]


DECLARED = {
    **ANN,
    **BCSQ,
    **FUNCOTATION,
    **PAVE,
    "CSQ": "Format: Allele|Consequence|SYMBOL|Feature|HGVSc|HGVSp|CLIN_SIG|ALLELE_NUM",
}
WHOLE = [
    f"ANN={SNPEFF_R175H}",
    f"BCSQ={R175H_BCSQ}",
    f"FUNCOTATION={funcotation()}",
    annovar("exonic", "nonsynonymous_SNV", "TP53:NM_000546:exon5:c.G524A:p.R175H"),
    f"IMPACT={IMPACT}",
    FUNC,
    "CSQ=T|missense_variant|TP53|NM_000546.6|NM_000546.6:c.524G>A|NP_000537.3:p.Arg175His|pathogenic|1",
    "CLNSIG=Pathogenic/Likely_pathogenic;CLNREVSTAT=criteria_provided;ONCOGENIC=Oncogenic",
]


@given(st.sampled_from(WHOLE), st.data())
def test_whatever_is_cut_or_garbled_is_said_or_read_and_never_breaks(whole: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 12)))
    filling = data.draw(st.text("|,;:=&()[]{}'\"\\%_.*@>+-?09aATXp²é", max_size=6))
    garbled = f"{whole[:start]}{filling}{whole[end:]}"
    for number in (1, 2):
        found = said(garbled, alts=("T", "A"), number=number, declared=DECLARED)
        own = predict(Build.GRCH38, 7675088, "C", ("T", "A")[number - 1])
        checked = compare(own, found.annotations, found.unread)
        assert (checked is None) == (not found.annotations and not found.unread)


def test_a_line_without_annotation_says_nothing() -> None:
    assert nothing(said("DP=100;AF=0.4;SOMATIC"))
    assert nothing(said("."))
