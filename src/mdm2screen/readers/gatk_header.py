"""The SAM header above GATK's tables: contigs and assembly prove the build, ``@RG`` names the sample."""

from mdm2screen import builds
from mdm2screen.readers.contract import Gathering
from mdm2screen.readers.table_sample import choose_table_sample


def read_header(gathering: Gathering) -> None:
    """Add the header's build claims and sample to ``gathering``. Raises SampleError."""
    file = gathering.file
    samples = []
    for number, line in file.text_lines():
        if not line.startswith("@"):
            break
        tags = dict(field.split(":", 1) for field in line.split("\t") if ":" in field)
        source = file.source(number)
        if line.startswith("@SQ"):
            length = tags.get("LN", "")
            gathering.claim(
                builds.claims_of_contig(tags.get("SN", ""), int(length) if length.isdigit() else None, source)
            )
            gathering.claim(builds.claims_of_text(f"{tags.get('AS', '')} {tags.get('UR', '')}", source))
        elif line.startswith("@RG") and "SM" in tags:
            samples.append(tags["SM"])
    gathering.sample = choose_table_sample(samples, file, gathering.options)
