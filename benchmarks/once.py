"""One piece of work in a fresh process; prints the seconds of the work alone, without start-up."""

import sys
import time
from pathlib import Path

TP53_AND_MDM2 = "chr12:68808178-68845544,chr17:7668402-7687550"


def main(work: str, path: str) -> None:
    """``work`` is ``locate``, ``bisect``, ``cyvcf2`` or ``pysam``."""
    if work in ("locate", "bisect"):
        from mdm2screen.readers.source_file import SourceFile
        from mdm2screen.readers.vcf_locate import locate

        begun = time.perf_counter()
        found = locate(SourceFile(Path(path)), assume_sorted=work == "bisect")
        assert found.lines
    elif work == "cyvcf2":
        import cyvcf2

        begun = time.perf_counter()
        assert sum(variant.CHROM == "chr17" and variant.POS == 7675088 for variant in cyvcf2.VCF(path)) == 1
    else:
        import pysam

        begun = time.perf_counter()
        with pysam.VariantFile(path) as records:
            assert sum(record.chrom == "chr17" and record.pos == 7675088 for record in records) == 1
    sys.stdout.write(f"{time.perf_counter() - begun}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
