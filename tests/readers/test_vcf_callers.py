"""One realistic line of each caller, read through the whole reader: column, fraction, depth, filters, germline."""

import re
from dataclasses import dataclass, field

import pytest
from vcf_files import header_of, read, read_path

import vcf_builder as vb
from mdm2screen import data
from mdm2screen.readers.contract import Options
from mdm2screen.readers.vcf_callers import Callers, known_callers
from mdm2screen.records import FilterKind, Presence, VariantRecord
from shared_data import shared

ARTEFACT, GERMLINE = FilterKind.ARTEFACT, FilterKind.GERMLINE
LOW, REMARK = FilterKind.LOW_CONFIDENCE, FilterKind.INFORMATIONAL
DRAGEN = '##DRAGENCommandLine=<ID=dragen,Version="SW: 05.021",Date="D",CommandLineOptions="--enable-sv true {}">'


@dataclass(frozen=True)
class Made:
    """A line of a caller at TP53 c.524 (GRCh37), and what it says of the tumor's first ALT allele."""

    caller: str
    header: tuple[str, ...]
    samples: tuple[str, ...]
    format_: str | None
    columns: tuple[str, ...]
    tumor: str | None
    vaf: float | None
    depth: int | None
    reads: int | None
    filter_: str = "PASS"
    info: str = "."
    alt: str = "T"
    ref: str = "C"
    kinds: tuple[FilterKind, ...] = field(default=())
    germline: str | None = None
    presence: Presence = Presence.PRESENT


MUTECT2 = ("##source=Mutect2", "##MutectVersion=2.2", "##normal_sample=A_cells", "##tumor_sample=B_cells")
STRELKA = ("##source=strelka", "##content=strelka somatic snv calls")
TVC = ('##source="tvc 5.0-9 (e5a0c91) - Torrent Variant Caller"',)
LINES = {
    "Mutect2, columns by name, normal first; AF is no quotient": Made(
        "mutect2", MUTECT2, ("A_cells", "B_cells"), "GT:AD:AF:DP:F1R2:F2R1",
        ("0/0:90,0:0.011:90:40,0:50,0", "0/1:60,40:0.385:100:30,20:30,20"), "B_cells", 0.385, 100, 40,
        info="DP=190;ECNT=1;TLOD=99.1",
    ),
    "Mutect2, columns by name, tumor first": Made(
        "mutect2", ("##source=Mutect2", "##normal_sample=Z_cells", "##tumor_sample=B_cells"), ("B_cells", "Z_cells"),
        "GT:AD:AF:DP", ("0/1:60,40:0.385:100", "0/0:90,0:0.011:90"), "B_cells", 0.385, 100, 40,
    ),
    "Mutect2, filtered for three causes": Made(
        "mutect2", MUTECT2, ("A_cells", "B_cells"), "GT:AD:AF:DP", ("0/0:90,1:0.02:91", "0/1:96,4:0.05:100"),
        "B_cells", 0.05, 100, 4, "germline;strand_bias;weak_evidence", kinds=(GERMLINE, ARTEFACT, LOW),
    ),
    "Strelka2 SNV: no genotype, tiers": Made(
        "strelka", STRELKA, ("NORMAL", "TUMOR"), "DP:FDP:SDP:SUBDP:AU:CU:GU:TU",
        ("90:0:0:0:0,0:90,91:0,0:0,0", "102:2:0:0:0,0:60,63:0,0:40,42"), "TUMOR", 0.4, 102, 40,
        info="SOMATIC;QSS=90;QSS_NT=88;NT=ref;SGT=CC->CT;SomaticEVS=15.1",
    ),
    "Strelka2 indel: TAR and TIR": Made(
        "strelka", STRELKA, ("NORMAL", "TUMOR"), "DP:DP2:TAR:TIR:TOR:DP50:FDP50:SUBDP50",
        ("80:80:78,80:0,0:2,2:80:0:0", "130:130:60,66:20,22:50,50:129:0:0"), "TUMOR", 0.25, 130, 20, "LowEVS",
        info="SOMATIC;QSI=30;NT=ref;SGT=ref->het", alt="CA", kinds=(LOW,),
    ),
    "VarDict paired, tumor first": Made(
        "vardict", ("##source=VarDict_v1.8.2",), ("P1_tumor", "P1_normal"), "GT:DP:VD:AD:AF:RD:ALD",
        ("0/1:100:40:60,40:0.4:30,30:20,20", "0/0:80:0:80,0:0:40,40:0,0"), "P1_tumor", 0.4, 100, 40,
        info="STATUS=StrongSomatic;SAMPLE=P1_tumor;TYPE=SNV",
    ),
    "VarDict alone, with thresholds in its filters": Made(
        "vardict", ('##INFO=<ID=MSILEN,Number=1,Type=Float,Description="MSI unit">',), ("P1",), "GT:DP:VD:AD:AF",
        ("0/1:100:3:97,3:0.03",), "P1", 0.03, 100, 3, "q22.5;MSI12;f0.05;v5;NM8.0",
        info="SAMPLE=P1;AF=0.03", kinds=(ARTEFACT, ARTEFACT, LOW, LOW, ARTEFACT),
    ),
    "VarDict finds the variant in the normal": Made(
        "vardict", ("##source=VarDict_v1.8.2",), ("P1_tumor", "P1_normal"), "GT:DP:VD:AD:AF",
        ("0/1:100:52:48,52:0.52", "0/1:80:40:40,40:0.5"), "P1_tumor", 0.52, 100, 52, info="STATUS=Germline",
        germline="VarDict calls it germline",
    ),
    "VarScan2: AD holds ALT alone, FREQ a percentage": Made(
        "varscan", ("##source=VarScan2",), ("NORMAL", "TUMOR"), "GT:GQ:DP:RD:AD:FREQ:DP4",
        ("0/0:.:70:70:0:0%:35,35,0,0", "0/1:.:80:70:10:12.5%:35,35,5,5"), "TUMOR", 0.125, 80, 10,
        info="DP=150;SOMATIC;SS=2;SSC=30",
    ),
    "VarScan2 with a decimal comma": Made(
        "varscan", ("##source=VarScan2",), ("NORMAL", "TUMOR"), "GT:GQ:DP:RD:AD:FREQ",
        ("0/0:.:70:70:0:0%", "0/1:.:80:70:10:12,5%"), "TUMOR", 0.125, 80, 10, "str10", info="SOMATIC;SS=2",
        kinds=(ARTEFACT,),
    ),
    "VarScan2, germline": Made(
        "varscan", ("##source=VarScan2",), ("NORMAL", "TUMOR"), "GT:GQ:DP:RD:AD:FREQ",
        ("0/1:.:70:36:34:48.57%", "0/1:.:80:40:40:50%"), "TUMOR", 0.5, 80, 40, info="DP=150;SS=1",
        germline="VarScan calls it germline",
    ),
    "VarScan2, loss of heterozygosity": Made(
        "varscan", ("##source=VarScan2",), ("NORMAL", "TUMOR"), "GT:GQ:DP:RD:AD:FREQ",
        ("0/1:.:70:36:34:48.57%", "1/1:.:80:4:76:95%"), "TUMOR", 0.95, 80, 76, info="DP=150;SS=3",
        germline="VarScan calls it germline, with loss of heterozygosity in the tumor",
    ),
    "LoFreq: no sample, reads by strand": Made(
        "lofreq", ("##source=lofreq call -f g.fa t.bam",), (), None, (), None, 0.013921, 431, 6, "min_dp_10;sb_fdr",
        info="DP=431;AF=0.013921;SB=0;DP4=210,215,3,3", kinds=(LOW, ARTEFACT),
    ),
    "DRAGEN, normal first": Made(
        "dragen", (DRAGEN.format("--RGSM P1a --tumor-fastq1 t.fq --RGSM-tumor P1b"),), ("P1a", "P1b"),
        "GT:SQ:AD:AF:F1R2:F2R1:DP:SB:MB",
        ("0/0:0:53,0:0:27,0:26,0:53:.:.", "0/1:60.5:42,34:0.447:22,17:20,17:76:21,21,11,23:23,19,20,14"),
        "P1b", 0.447, 76, 34, "alt_allele_in_normal;weak_evidence;systematic_noise", info="DP=129;hotspot",
        kinds=(GERMLINE, LOW, ARTEFACT),
    ),
    "DRAGEN, tumor alone, germline rows pass": Made(
        "dragen", (DRAGEN.format("--tumor-bam-input t.bam"),), ("P1",), "GT:SQ:AD:AF:F1R2:F2R1:DP:SB:MB",
        ("0/1:9.7:271,274:0.503:130,140:141,134:545:1,2,3,4:1,2,3,4",), "P1", 0.503, 545, 274,
        info="DP=562;AQ=100.00;GermlineStatus=Germline_DB", germline="it is in databases of germline variants",
    ),
    "DRAGEN, tumor alone, somatic": Made(
        "dragen", (DRAGEN.format("--tumor-bam-input t.bam"),), ("P1",), "GT:SQ:AD:AF:DP",
        ("0/1:9.7:571,34:0.056:605",), "P1", 0.056, 605, 34, info="GermlineStatus=Somatic",
    ),
    "Ion Torrent: flow evaluator counts go first": Made(
        "iontorrent", TVC, ("P1_v1",), "GT:GQ:DP:FDP:RO:FRO:AO:FAO:AF:SAR:SAF",
        ("0/1:99:1999:1500:900:500:999:1000:0.666667:1:2",), "P1_v1", 0.666667, 1500, 1000,
        info="AF=0.666667;AO=999;DP=1999;FAO=1000;FDP=1500;FR=.;HS",
    ),
    "Ion Torrent, no call with its reason in FR": Made(
        "iontorrent", TVC, ("P1_v1",), "GT:GQ:DP:FDP:AO:FAO:AF", ("./.:0:10:10:2:2:0.2",), "P1_v1", 0.2, 10, 2,
        "NOCALL", info="FR=PREDICTIONSHIFTx0.5", kinds=(LOW,), presence=Presence.NO_CALL,
    ),
    "FreeBayes: no filter": Made(
        "freebayes", ("##source=freeBayes v1.3.6",), ("P1",), "GT:DP:AD:RO:QR:AO:QA",
        ("0/1:100:60,40:60:2000:40:1500",), "P1", 0.4, 100, 40, ".", info="AB=0.4;AF=0.5;AO=40;DP=100",
    ),
    "DeepSomatic": Made(
        "deepsomatic", ("##DeepVariant_version=1.8.0", '##FILTER=<ID=GERMLINE,Description="Non somatic variants">'),
        ("P1",), "GT:GQ:DP:AD:VAF:PL", ("1/1:30:100:60,40:0.396:30,0,9",), "P1", 0.396, 100, 40,
    ),
    "DeepSomatic, a germline variant beside 0/0": Made(
        "deepsomatic", ("##DeepVariant_version=1.8.0", '##FILTER=<ID=GERMLINE,Description="Non somatic variants">'),
        ("P1",), "GT:GQ:DP:AD:VAF:PL", ("0/0:30:100:50,50:0.5:30,0,9",), "P1", 0.5, 100, 50, "GERMLINE",
        kinds=(GERMLINE,), presence=Presence.NO_CALL,
    ),
    "TNscope: AF, AD and its own depth": Made(
        "tnscope",
        ('##SentieonCommandLine.TNscope=<ID=TNscope,CommandLine="driver --tumor_sample B --normal_sample A o.vcf">',),
        ("A", "B"), "GT:AD:AF:AFDP:ALTHC:ALT_F1R2", ("0/0:90,0:0:90:0:0", "0/1:60,40:0.4:100:30:20"), "B", 0.4, 100, 40,
        "t_lod_fstar;triallelic_site", kinds=(LOW, ARTEFACT),
    ),
    "Octopus: frequencies of haplotypes are no allele fraction": Made(
        "octopus", ("##octopus=<version=0.7.4>",), ("P1_normal", "P1_tumor"), "GT:GQ:DP:MQ:PS:PQ:HSS:HPC:MAP_HF:FT",
        ("0|0:99:80:60:1:99:.:.:0.5,0.5:PASS", "0|0|1:99:100:60:1:99:0,0,1:1,1,1:0.31,0.31,0.38:PASS"),
        "P1_tumor", None, 100, None, info="AC=1;AN=5;SOMATIC",
    ),
    "Octopus with AD, a germline call that failed for this sample": Made(
        "octopus", ("##octopus=<version=0.7.4>",), ("P1",), "GT:DP:AD:MAP_HF:FT", ("0|1:100:55,45:0.5,0.5:DP;SB",),
        "P1", 0.45, 100, 45, info="AC=1;AN=2", kinds=(LOW, LOW), germline="Octopus does not call it somatic",
    ),
    "Pisces: VF": Made(
        "pisces", ("##source=Pisces 5.2.8.44",), ("P1",), "GT:GQ:AD:DP:VF:NL:SB",
        ("0/1:100:1450,71:1521:0.04668:65:-100.0",), "P1", 0.04668, 1521, 71, "LowSupport;Blacklist", info="DP=1521",
        kinds=(LOW, ARTEFACT),
    ),
    "SAGE": Made(
        "sage", ("##sageVersion=3.4",), ("COLO829R", "COLO829T"), "GT:ABQ:AD:AF:DP",
        ("0/0:0:40,0:0:40", "0/1:35:60,40:0.4:100"), "COLO829T", 0.4, 100, 40, "PON;PONGnomad;minTumorQual",
        kinds=(ARTEFACT, GERMLINE, LOW),
    ),
    "MuTect: FA where AD is gone": Made(
        "mutect1", ("##MuTect=3.1-0",), ("NORMAL", "TUMOR"), "GT:BQ:DP:FA", ("0:.:90:0.00", "0/1:30:100:0.4"),
        "TUMOR", 0.4, 100, None, "REJECT", kinds=(LOW,),
    ),
    "HaplotypeCaller": Made(
        "haplotypecaller", ('##GATKCommandLine=<ID=HaplotypeCaller,CommandLine="HaplotypeCaller -I a.bam">',), ("P1",),
        "GT:AD:DP:GQ:PL", ("0/1:60,40:101:99:1,2,3",), "P1", 40 / 101, 101, 40,
        germline="called by HaplotypeCaller, which is made for germline variants",
    ),
}  # fmt: skip


def variant_of(made: Made) -> VariantRecord:
    record = vb.record(
        "17", 7578406, made.ref, made.alt, filter_=made.filter_, info=made.info, format_=made.format_,
        samples=made.columns,
    )  # fmt: skip
    content = read(record, header=vb.header(samples=made.samples, extra=made.header))
    assert content.file.sample == made.tumor
    (variant,) = content.variants
    return variant


@pytest.mark.parametrize("name", LINES)
def test_what_each_callers_line_says_of_the_tumor(name: str) -> None:
    made = LINES[name]
    found = variant_of(made)
    assert found.presence is made.presence
    assert (found.depth, found.alt_depth) == (made.depth, made.reads)
    assert found.vaf == (None if made.vaf is None else pytest.approx(made.vaf))
    assert found.filter_kinds == made.kinds
    assert found.germline == made.germline


@pytest.mark.parametrize("name", LINES)
def test_each_header_names_its_caller_alone(name: str) -> None:
    made = LINES[name]
    header = header_of(vb.header(samples=made.samples, extra=made.header))
    assert [caller.name for caller in header.callers.found] == [made.caller]


@pytest.mark.parametrize("name", [name for name, made in LINES.items() if len(made.samples) == 2])
def test_columns_may_stand_in_any_order(name: str) -> None:
    made = LINES[name]
    turned = Made(**(vars(made) | {"samples": made.samples[::-1], "columns": made.columns[::-1]}))
    one, other = variant_of(made), variant_of(turned)
    assert one.model_copy(update={"line": ""}) == other.model_copy(update={"line": ""})


def test_every_caller_of_the_table_has_a_line_here_or_is_one_of_germline() -> None:
    assert {caller.name for caller in known_callers() if not caller.germline} <= {m.caller for m in LINES.values()}


# Multi-allelic records


def alleles(alt: str, *, filter_: str = "PASS", info: str = ".", sample: str) -> list[VariantRecord]:
    record = vb.record(
        "17", 7578406, "C", alt, filter_=filter_, info=info, format_="GT:AD:AF:DP", samples=(sample,)
    )  # fmt: skip
    return list(read(record, header=vb.header(extra=("##source=Mutect2", "##tumor_sample=TUMOR"))).variants)


TWO = "0/1/2:50,30,20:0.31,0.19:100"


@pytest.mark.parametrize(
    ("filter_", "status", "first", "second"),
    [
        ("PASS", "SITE|weak_evidence", ("PASS",), ("weak_evidence",)),
        ("PASS", "weak_evidence,strand_bias|SITE", ("weak_evidence", "strand_bias"), ("PASS",)),
        ("germline", "SITE|weak_evidence", ("germline",), ("germline", "weak_evidence")),
        ("weak_evidence", "weak_evidence|weak_evidence", ("weak_evidence",), ("weak_evidence",)),
        ("FAIL", "strand_bias|base_qual", ("FAIL", "strand_bias"), ("FAIL", "base_qual")),
        ("PASS", "SITE|SITE", ("PASS",), ("PASS",)),
        ("PASS", "SITE", ("PASS",), ("PASS",)),
        (".", "SITE|SITE", (), ()),
    ],
)
def test_the_status_of_each_allele_counts_and_not_the_sites(
    filter_: str, status: str, first: tuple[str, ...], second: tuple[str, ...]
) -> None:
    found = alleles("T,A", filter_=filter_, info=f"AS_FilterStatus={status}", sample=TWO)
    assert [variant.filters for variant in found] == [first, second]
    assert [(variant.vaf, variant.alt_depth) for variant in found] == [(0.31, 30), (0.19, 20)]


def test_a_line_split_after_filtering_has_lost_whose_status_is_whose() -> None:
    """bcftools norm leaves the whole list, because its alleles are not separated by commas."""
    (found,) = alleles("T", info="AS_FilterStatus=SITE|weak_evidence", sample="0/1:50,30:0.31:100")
    assert (found.filters, found.filter_kinds) == (("weak_evidence",), (LOW,))
    (found,) = alleles("T", info="AS_FilterStatus=SITE|SITE", sample="0/1:50,30:0.31:100")
    assert (found.filters, found.filter_kinds) == (("PASS",), ())


# What a token means


@pytest.mark.parametrize(
    ("header", "token", "kind"),
    [
        ("##source=Mutect2", "panel_of_normals", ARTEFACT),
        ("##sageVersion=3.4", "PONGnomad", GERMLINE),
        ("##source=nobody", "germline", GERMLINE),  # every caller that has it means the same
        ("##source=freeBayes v1", "strand_bias", ARTEFACT),  # a merged file that names one of its callers
        ("##source=nobody", "q30", LOW),  # VarDict and Pisces differ
        ("##source=nobody", "invented", LOW),
        ("##source=Mutect2", "Germline", LOW),  # not its token
        ("##source=nobody", "GAIN", LOW),  # harmless only where its own caller wrote it
        ('##source="tvc 5.12 (aa) - Torrent Variant Caller"', "GAIN", REMARK),
        ("##source=Mutect2\n##source=Pisces 5", "multiallelic", ARTEFACT),
        ("##source=VarDict_v1.8\n##source=Pisces 5", "q30", LOW),  # two callers that differ
    ],
)
def test_what_a_token_means_by_the_callers_of_the_header(header: str, token: str, kind: FilterKind) -> None:
    assert Callers.of(header.splitlines()).kind(token) is kind


def test_only_remarks_reject_nothing() -> None:
    tvc = Callers.of(['##source="tvc 5.12 (aa) - Torrent Variant Caller"'])
    answers = {f: tvc.rejects(f) for f in ((), ("PASS",), ("GAIN",), ("GAIN", "NOCALL"), ("FAIL",), ("odd",))}
    assert answers == {
        (): False, ("PASS",): False, ("GAIN",): False, ("GAIN", "NOCALL"): True, ("FAIL",): True, ("odd",): True,
    }  # fmt: skip


def test_an_amplified_row_marked_as_gain_keeps_its_number() -> None:
    """Ion Reporter writes GAIN into FILTER of the very rows that are amplified."""
    record = vb.record(
        "12", 69207031, "A", "<CNV>", id_="MDM2", filter_="GAIN", format_="GT:GQ:CN", samples=("./.:0:43.7",),
        info="PRECISE=FALSE;SVTYPE=CNV;END=69238239;CI=0.05:40.1,0.95:47.2;RAW_CN=30.1",
    )  # fmt: skip
    extra = (*TVC, "##CellularityAsAFractionBetween0-1=0.6")
    values = [
        [s.value for s in read(line, header=vb.header(extra=extra)).segments]
        for line in (record, record.replace("\tGAIN\t", "\tNOCALL\t"))
    ]
    assert values == [[43.7], [None]]


def test_the_table_of_callers_says_where_each_token_comes_from() -> None:
    for name, entry in data.toml("vcf_callers.toml").items():
        assert entry["source"], name
        assert entry["calls"] in ("tumor", "germline")
        known = {
            "title",
            "calls",
            "header",
            "unless",
            "source",
            "germline_flags",
            "free_names",
            *(kind.value for kind in FilterKind),
        }
        assert set(entry) <= known
        tokens = [token for kind in FilterKind for token in entry.get(kind.value, ())]
        assert len(tokens) == len(set(tokens)), name
        assert all(re.compile(pattern) for pattern in (*tokens, *entry["header"]))


# Germline callers


GERMLINE_HEADERS = {
    "GATK 4": '##GATKCommandLine=<ID=HaplotypeCaller,CommandLine="HaplotypeCaller --emit-ref-confidence GVCF">',
    "GATK 3": "##GATKCommandLine.HaplotypeCaller=<ID=HaplotypeCaller,Version=3.8>",
    "GATK 3, UnifiedGenotyper": "##GATKCommandLine=<ID=UnifiedGenotyper,Version=2.7>",
    "source line": "##source=HaplotypeCaller",
    "Sentieon": '##SentieonCommandLine.Haplotyper=<ID=Haplotyper,CommandLine="driver --algo Haplotyper o.vcf">',
    "DeepVariant": "##DeepVariant_version=1.6.1",
    "GLnexus": "##GLnexusVersion=v1.4.1",
    "DRAGEN": DRAGEN.format("--fastq-list l.csv --vc-emit-ref-confidence GVCF"),
    "DRAGEN without its command": '##FILTER=<ID=DRAGENSnpHardQUAL,Description="Set if true:QUAL < 10.41">',
    "Strelka germline": "##content=strelka germline small-variant calls",
    "bcftools": "##bcftools_callCommand=call -mv -Oz; Date=D",
    "Clair3": "##source=Clair3",
}


@pytest.mark.parametrize("name", GERMLINE_HEADERS)
def test_a_file_of_a_germline_caller_is_noticed(name: str) -> None:
    found = read(vb.record("17", *vb.R175H["GRCh37"]), header=vb.header(extra=(GERMLINE_HEADERS[name],)))
    assert found.germline is not None
    assert "made for germline variants" in found.germline
    assert [variant.germline for variant in found.variants] == [found.germline]


@pytest.mark.parametrize(
    "extra",
    [
        (),
        ("##source=freeBayes v1.3.6",),
        ("##source=VarDict_v1.8.2",),
        ("##source=Pisces 5.2.8.44",),
        ("##source=Mutect2", GERMLINE_HEADERS["GATK 4"]),  # an ensemble
        ("##DeepVariant_version=1.8.0", '##FILTER=<ID=GERMLINE,Description="Non somatic variants">'),
        (DRAGEN.format("--tumor-fastq-list l.csv"), GERMLINE_HEADERS["DRAGEN without its command"]),
        ("##contig=<ID=HaplotypeCaller>",),
        ("##bcftools_viewCommand=view -Oz t.vcf; Date=D",),
    ],
)
def test_a_file_of_a_tumor_caller_is_none_of_germline(extra: tuple[str, ...]) -> None:
    assert read(vb.record("17", *vb.R175H["GRCh37"]), header=vb.header(extra=extra)).germline is None


@pytest.mark.parametrize(
    ("name", "caller", "germline"),
    [
        ("dragen_SEQC2_HCC1395.somatic.hard-filtered.vcf.gz", "dragen", False),
        ("dragen_SEQC2_germline.hard-filtered.vcf.gz", "dragen_germline", True),
        ("gatk_mutect2_cfdna_unfiltered.vcf", "mutect2", False),
        ("oncomine_OCAv3_ionreporter.vcf", "iontorrent", False),
        ("scout_cancer_test.freebayes_mutect_VEP95_CSQ.vcf.gz", "freebayes", False),
        ("scout_tumor_only.snv.VEP94.vcf.gz", "vardict", False),
        ("tso500_pisces_Lovo_nuc.vcf", "pisces", False),
        ("vcf2maf_strelka.vcf", "strelka", False),
        ("vcf2maf_varscan.vcf", "varscan", False),
    ],
)
def test_callers_of_real_files(name: str, caller: str, germline: bool) -> None:
    header = vb.lines_of(shared(f"vcf/{name}"))
    found = Callers.of(header)
    assert [one.name for one in found.found] == [caller]
    assert (found.germline is not None) is germline


def test_the_real_germline_file_says_so_when_it_is_called_the_tumor() -> None:
    path = shared("vcf/dragen_SEQC2_germline.hard-filtered.vcf.gz")
    content = read_path(path, Options(tumor_sample="SEQC-II_normal"))
    assert content.germline == "called by DRAGEN germline, which is made for germline variants"
