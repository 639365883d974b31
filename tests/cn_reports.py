"""Dialects of VCF, reports of vendors and matrices of the registry ``cn_writers``."""

from collections.abc import Callable
from typing import Any

from cn_writers import (
    GENES,
    NOT_TP53,
    SEGMENTS,
    Says,
    Sheet,
    Tumor,
    Writer,
    at_least,
    at_least_gains,
    below_observed,
    exactly,
    if_diploid,
    if_pure,
    if_pure_and_diploid,
    never,
    stretches,
)

_CONTIGS = "##contig=<ID=12,length=133851895>\n##contig=<ID=17,length=81195210>\n"
_DECLARED = {
    "CN": '##FORMAT=<ID=CN,Number=1,Type=Float,Description="Copies">\n',
    "WHOLE_CN": '##FORMAT=<ID=CN,Number=1,Type=Integer,Description="Copies">\n',
    "SM": '##FORMAT=<ID=SM,Number=1,Type=Float,Description="Ratio">\n',
    "FC": '##FORMAT=<ID=FC,Number=1,Type=Float,Description="Fold change">\n',
    "FOLD_CHANGE_LOG": '##INFO=<ID=FOLD_CHANGE_LOG,Number=1,Type=Float,Description="log2">\n',
    "TCN_EM": '##INFO=<ID=TCN_EM,Number=1,Type=Integer,Description="Copies">\n',
    "LOG2CNT": '##INFO=<ID=LOG2CNT,Number=1,Type=Float,Description="log2">\n',
    "RD_CN": '##FORMAT=<ID=RD_CN,Number=1,Type=Integer,Description="Copies by depth">\n',
}


def _vcf(
    name: str,
    says: Says,
    info: str,
    sample: tuple[str, str],
    *,
    declared: tuple[str, ...] = ("CN",),
    meta: str = "",
    id_: str = ".",
    alt: str = "<CNV>",
    places: tuple[tuple[str, int, int, str], ...] = SEGMENTS,
) -> Writer:
    """A VCF with one record a place; ``sample`` is FORMAT and the tumor's column."""

    def sheet(tumor: Tumor) -> Sheet:
        columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO" + ("\tFORMAT\tT1" if sample[0] else "")
        head = f"##fileformat=VCFv4.2\n{meta.format(**tumor._asdict())}" + "".join(_DECLARED[d] for d in declared)
        rows = []
        for one in stretches(tumor, places):
            fields = [one["contig"], str(one["start0"]), id_.format(**one), "N", alt, ".", "PASS", info.format(**one)]
            fields += [sample[0], sample[1].format(**one)] if sample[0] else []
            rows.append((one["gene"] == "MDM2", "\t".join(fields)))
        return Sheet(f"{head}{_CONTIGS}{columns}\n", tuple(rows), "\n")

    return Writer(name, "vcf", "T1.cnv.vcf", sheet, says)


_END = "END={end}"
_MODEL = "##ModelSource=DEPTH+BAF\n##EstimatedTumorPurity={purity}\n##OverallPloidy={ploidy}\n"
_ONCOMINE = "SVTYPE=CNV;END={end};NUMTILES=8;CDF_MAPD=0.01:1.2,0.99:2.4;REF_CN=2;RAW_CN={observed}"

VCFS = (
    _vcf("VCF: DRAGEN ratios", exactly, _END, ("GT:SM:CN:BC", "./1:{ratio}:{of_sample_whole}:40"), declared=("SM",)),
    _vcf("VCF: DRAGEN with alleles", exactly, _END, ("GT:CN:MCN:SM", "0/1:{whole}:{minor}:{ratio}"), meta=_MODEL,
         declared=("SM",)),
    _vcf("VCF: DRAGEN TSO 500", if_diploid, _END + ";SEGID={gene}", ("GT:SM:BC", "./1:{fold}:9"), declared=("SM",),
         places=GENES),
    _vcf("VCF: TSO 500 local app", exactly, _END, ("GT:FC", "./1:{fold}"), declared=("FC",), places=GENES),
    _vcf("VCF: CNVkit", if_pure_and_diploid, _END + ";FOLD_CHANGE={ratio};FOLD_CHANGE_LOG={log2};PROBES=40",
         ("GT:GQ:CN", "0/1:9:{of_sample_whole}"), declared=("CN", "FOLD_CHANGE_LOG")),
    _vcf("VCF: Oncomine", exactly, _ONCOMINE, ("GT:GQ:CN", "./.:0:{copies}"), id_="{gene}", places=GENES,
         meta="##CellularityAsAFractionBetween0-1={purity}\n"),
    _vcf("VCF: Oncomine without a cellularity", if_pure, _ONCOMINE, ("GT:GQ:CN", "./.:0:{observed}"), id_="{gene}",
         places=GENES),
    _vcf("VCF: Canvas", exactly, _END, ("RC:BC:CN:MCC", "90:40:{whole}:{major}"),
         meta="##source=Canvas 1.40\n##EstimatedTumorPurity={purity}\n##OverallPloidy={ploidy}\n"),
    _vcf("VCF: cnv_facets", exactly, _END + ";TCN_EM={whole};LCN_EM={minor}", ("", ""), declared=("TCN_EM",),
         meta="##source=cnv_facets\n##purity={purity}\n##ploidy={ploidy}\n"),
    _vcf("VCF: QDNAseq", never, _END + ";BINS=20;SCORE=2;LOG2CNT={log2}", ("GT", "0/1"), declared=("LOG2CNT",),
         alt="<DUP>"),
    _vcf("VCF: DELLY", if_diploid, _END, ("GT:CN:RDCN:RDSD", "0/1:{of_sample_whole}:{of_sample}:0.1")),
    _vcf("VCF: GATK-SV", if_pure_and_diploid, _END, ("GT:RD_CN:RD_GQ", "0/1:{observed}:99"), declared=("RD_CN",),
         alt="<DUP>"),
    _vcf("VCF: any CN", if_pure_and_diploid, _END, ("GT:CN", "0/1:{observed}")),
    _vcf("VCF: any whole CN", if_pure_and_diploid, _END, ("GT:CN", "0/1:{observed_whole}"), declared=("WHOLE_CN",)),
    _vcf("VCF: GATK gCNV", below_observed(5), _END, ("GT:CN:NP:QA", "2:{observed_up_to_5}:9:80")),
    _vcf("VCF: array", below_observed(4), _END, ("CN", "{observed_up_to_4}"), meta="##source=array-analysis-cli 2.1\n"),
    _vcf("VCF: labels", never, _END, ("GT", "0/1"), alt="<DUP>"),
)  # fmt: skip
"""Every dialect of copy number in a VCF."""


def _parts(
    name: str,
    reader: str,
    file: str,
    says: Says,
    part: str,
    head: str,
    tail: str,
    *,
    joint: str = ",\n",
    **options: Any,
) -> Writer:
    """A report with one part a gene; ``@`` in head and part stands for a brace of the format's own."""

    def plain(text: str) -> str:
        return text.replace("@(", "{").replace("@)", "}")

    def sheet(tumor: Tumor) -> Sheet:
        rows = tuple((one["gene"] == "MDM2", plain(part.format(**one))) for one in stretches(tumor, NOT_TP53))
        return Sheet(plain(head.format(**tumor._asdict())), rows, plain(tail), joint)

    return Writer(name, reader, file, sheet, says, options)


_XML = (
    '<?xml version="1.0"?>\n<rr:ResultsReport xmlns:rr="http://integration.foundationmedicine.com/reporting">\n'
    '<variant-report xmlns="http://foundationmedicine.com/compbio" specimen="T1" test-type="{test}">\n'
    "<copy-number-alterations>\n"
)
_XML_END = "\n</copy-number-alterations>\n</variant-report>\n</rr:ResultsReport>\n"
_XML_PART = (
    '<copy-number-alteration {number} equivocal="false" gene="{{gene}}" number-of-exons="11 of 11" '
    'type="amplification"/>'
)
_TEMPUS = (
    '@("order": @("accessionId": "T1", "test": @("code": "{test}"@)@), "specimens": [], "results": @('
    '"somaticVariantsOfUnknownSignificance": [], "somaticPotentiallyActionableCopyNumberVariants": [\n'
)
_CARIS = '@("testDetails": @("labReportID": "1"@), "tests": [@("testName": "CNA", "testResults": [\n'
_CARIS_PART = '@("copyNumberAlteration": @("gene": "{{gene}}", "result": "Amplified"{number}@)@)'
_CARIS_XML = (
    "<copyNumberAlteration><gene>{gene}</gene><result>Amplified</result><copyNumber>{observed}</copyNumber>"
    "</copyNumberAlteration>"
)


def _foundation(name: str, says: Says, number: str, test: str, **options: Any) -> Writer:
    head = _XML.replace("{test}", test)
    part = _XML_PART.replace("{number}", number).replace("{{gene}}", "{gene}")
    return _parts(name, "foundation_xml", "T1.xml", says, part, head, _XML_END, joint="\n", **options)


def _tempus(name: str, says: Says, number: str, test: str) -> Writer:
    part = '@("gene": "{gene}", "variantDescription": "Copy number gain", "variantType": "CNV"' + number + "@)"
    return _parts(name, "tempus_json", "T1.json", says, part, _TEMPUS.replace("{test}", test), "\n]@)@)\n")


def _caris(name: str, says: Says, number: str) -> Writer:
    part = _CARIS_PART.replace("{number}", number).replace("{{gene}}", "{gene}")
    return _parts(name, "caris", "T1.json", says, part, _CARIS, "\n]@)]@)\n")


def _lines(name: str, reader: str, file: str, says: Says, row: str, head: str, tail: str, **options: Any) -> Writer:
    tabbed = row.replace("|", "\t"), head.replace("|", "\t")
    return _parts(name, reader, file, says, *tabbed, tail, joint="\n", **options)


def _matrix(name: str, says: Says, cell: str, **options: Any) -> Writer:
    """Profiles in rows and genes in columns: a file without MDM2 lacks the column."""

    def text(tumor: Tumor, kept: Callable[[str], bool]) -> tuple[str, str]:
        found = [one for one in stretches(tumor, GENES) if kept(one["gene"])]
        header = "".join(f",{one['gene']} ({one['n']})" for one in found) + "\n"
        return header, "ACH-1" + "".join("," + cell.format(**one) for one in found)

    def sheet(tumor: Tumor) -> Sheet:
        header, row = text(tumor, lambda _gene: True)
        return Sheet(header, ((True, row),), "\n", silent="".join(text(tumor, lambda gene: gene != "MDM2")) + "\n")

    return Writer(name, "depmap_genes", "depmap.csv", sheet, says, options)


_COMBINED = (
    "[Analysis Details]\nPair ID|P1\nDNA Sample ID|T1\n\n[GIS]\nTumor Fraction|{purity}\nPloidy|{ploidy}\n\n"
    "[Gene Amplifications]\nGene|Fold Change\n"
)
_PLASMA = "[Analysis Details]\nDNA Sample ID|T1\n\n[Copy Number Variants]\nGene|Fold Change\n"
_FULL = (
    "##reference=hg19\n##CellularityAsAFractionBetween0-1={purity}\nvcf.rownum|rowtype|call|CHROM|POS|ID|REF|ALT|FILTER|"
    "INFO.1.END|FORMAT.1.CN|INFO...CI|FUNC1.gene\n"
)

REPORTS = (
    _lines("TSO 500 combined output", "tso500_combined", "T1_CombinedVariantOutput.tsv", exactly, "{gene}|{fold}",
           _COMBINED, "\n\n[Splice Variants]\nNA\n"),
    _lines("TSO 500 combined output of plasma", "tso500_combined", "T1_CombinedVariantOutput.tsv", at_least_gains,
           "{gene}|{fold}", _PLASMA, "\n\n[Small Variants]\nNA\n", specimen="plasma"),
    _foundation("Foundation copies", exactly, 'copy-number="{whole}" ratio="{fold}"', "FoundationOneDx"),
    _foundation("Foundation ratio alone", exactly, 'ratio="{fold}"', "FoundationOneDx"),
    _foundation("Foundation of plasma", at_least, 'copy-number="{whole}"', "FoundationOneLiquidDx",
                specimen="plasma"),
    _foundation("Foundation without a number", never, "", "FoundationOneDx"),
    _tempus("Tempus", if_pure_and_diploid, ', "copyNumber": {observed_whole}', "XT.V2"),
    _tempus("Tempus without a number", never, "", "XT.V3"),
    _caris("Caris", if_pure_and_diploid, ', "copyNumber": "{observed}"'),
    _caris("Caris without a number", never, ""),
    _parts("Caris XML", "caris", "T1.xml", if_pure_and_diploid, _CARIS_XML,
           "<?xml version='1.0'?>\n<labReport><testDetails/><tests><testResults>\n",
           "\n</testResults></tests></labReport>\n", joint="\n"),
    _lines("Oncomine export", "oncomine_tsv", "T1-full.tsv", exactly,
           "{n}|CNV|POS|chr{contig}|{start}|{gene}|N|<CNV>|PASS|{end}|{copies}|.|{gene}", _FULL, "\n"),
    _matrix("DepMap genes", if_pure, "{observed}", cn_scale="copies"),
)  # fmt: skip
"""Every report that states copy number, and DepMap's matrix."""
