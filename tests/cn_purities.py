"""Files that state purity and ploidy, written for a made tumor, with whether they state both."""

from typing import NamedTuple

from mdm2screen.records import Specimen

_CONTIGS = "##contig=<ID=12,length=133851895>\n##contig=<ID=17,length=81195210>\n"
_VCF = f"##fileformat=VCFv4.2\n{{meta}}{_CONTIGS}#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tT1\n"
_END_OF_VCF = "20\t1000000\t.\tA\tG\t.\tPASS\t.\tGT\t0/1\n"


class PurityFile(NamedTuple):
    """``text`` has ``{purity}``, ``{percent}``, ``{normal}`` and ``{ploidy}`` in it; ``|`` stands for a tab."""

    reader: str
    name: str
    text: str
    specimen: Specimen | None = None
    default_ploidy: bool = False
    """Whether a ploidy of 2 may only be the program's default."""

    def written(self, purity: str, ploidy: str = "2.1", *, percent: str | None = None, normal: str = "0.4") -> str:
        """The file, with tokens as they shall stand in it."""
        filled = self.text
        tokens = {"purity": purity, "ploidy": ploidy, "percent": percent or purity, "normal": normal}
        for key, token in tokens.items():
            filled = filled.replace("{" + key + "}", token)
        return filled.replace("|", "\t")

    @property
    def states_ploidy(self) -> bool:
        return "{ploidy}" in self.text and not self.default_ploidy


PURITY_FILES = {
    "PURPLE": PurityFile("purple_purity", "T1.purple.purity.tsv",
        "purity|normFactor|score|diploidProportion|ploidy|gender|status\n{purity}|1|1|0.5|{ploidy}|FEMALE|NORMAL\n"),
    "PURPLE quality": PurityFile("purple_qc", "T1.purple.qc", "QCStatus|PASS\nMethod|NORMAL\nPurity|{purity}\n"),
    "FACETS": PurityFile("facets_fit", "T1.txt",
        "sample|run_type|purity|ploidy|dipLogR\nT1|purity|{purity}|{ploidy}|0\nT1|hisens|0.99|9.9|0\n"),
    "FACETS .out": PurityFile("facets_fit", "T1_hisens.out", "# Purity = {purity}\n# Ploidy = {ploidy}\n"),
    "ASCAT": PurityFile("ascat_purity", "T1.purityploidy.txt", "AberrantCellFraction|Ploidy\n{purity}|{ploidy}\n"),
    "Battenberg": PurityFile("battenberg_purity", "T1_purity_ploidy.txt",
        "purity|ploidy|psi\n{purity}|{ploidy}|9.9\n"),
    "Battenberg ways": PurityFile("battenberg_purity", "T1_rho_and_psi.txt",
        "rho|psi|distance|is.best\nASCAT|0.99|9.9|0.3|NA\nFRAC_GENOME|{purity}|{ploidy}|0.1|TRUE\n"),
    "Sequenza": PurityFile("sequenza_purity", "T1_confints_CP.txt",
        '"cellularity"|"ploidy.estimate"|"ploidy.mean.cn"\n0.01|1|1\n{purity}|{ploidy}|9.9\n1|9|9\n'),
    "Sequenza solutions": PurityFile("sequenza_purity", "T1_alternative_solutions.txt",
        '"cellularity"|"ploidy"|"SLPP"\n{purity}|{ploidy}|-9\n'),
    "PureCN": PurityFile("purecn_purity", "T1.csv",
        '"Sampleid","Purity","Ploidy","Sex","Contamination","Flagged","Failed","Curated","Comment"\n'
        '"T1",{purity},{ploidy},"F",0,FALSE,FALSE,FALSE,NA\n'),
    "Control-FREEC": PurityFile("freec_info", "T1_info.txt",
        "Program_Version|v11.6\nOutput_Ploidy|{ploidy}\nSample_Purity|{purity}\n", default_ploidy=True),
    "TitanCNA": PurityFile("titan_params", "T1.params.txt",
        "Normal contamination estimate:|{normal}\nAverage tumour ploidy estimate:|{ploidy}\n"),
    "ichorCNA": PurityFile("ichorcna_params", "T1.params.txt", "Tumor Fraction:|{purity}\nPloidy:|{ploidy}\n",
        Specimen.PLASMA),
    "TSO 500": PurityFile("tso500_combined", "T1_CombinedVariantOutput.tsv",
        "[Analysis Details]\nDNA Sample ID|T1\n\n[GIS]\nTumor Fraction|{purity}\nPloidy|{ploidy}\n\n"
        "[Gene Amplifications]\nNA\n"),
    "Foundation": PurityFile("foundation_xml", "T1.xml",
        '<?xml version="1.0"?>\n<r xmlns="http://foundationmedicine.com/x">\n'
        '<variant-report purity-assessment="{percent}"/>\n</r>\n'),
    "Tempus": PurityFile("tempus_json", "T1.json",
        '{"specimens": [{"sampleCategory": "tumor", "tumorPercentage": {percent}}],\n'
        '"results": {"somaticVariantsOfUnknownSignificance": []}}\n'),
    "VCF of DRAGEN": PurityFile("vcf", "T1.cnv.vcf", _VCF.replace("{meta}",
        "##ModelSource=DEPTH+BAF\n##EstimatedTumorPurity={purity}\n##OverallPloidy={ploidy}\n") + _END_OF_VCF),
    "VCF of Canvas": PurityFile("vcf", "T1.cnv.vcf", _VCF.replace("{meta}",
        "##source=Canvas 1.40\n##EstimatedTumorPurity={purity}\n##OverallPloidy={ploidy}\n") + _END_OF_VCF),
    "VCF of cnv_facets": PurityFile("vcf", "T1.cnv.vcf", _VCF.replace("{meta}",
        '##source=cnv_facets\n##INFO=<ID=TCN_EM,Number=1,Type=Integer,Description="Copies">\n'
        "##purity={purity}\n##ploidy={ploidy}\n") + _END_OF_VCF),
    "VCF of Oncomine": PurityFile("vcf", "T1.vcf", _VCF.replace("{meta}",
        "##CellularityAsAFractionBetween0-1={purity}\n") + _END_OF_VCF),
}  # fmt: skip
"""Every file that states purity."""
