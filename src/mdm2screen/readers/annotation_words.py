"""What programs call an effect, as Sequence Ontology terms. Only words that are no such term themselves stand here.

Sources: the GATK Funcotator and MAF specification (GDC), the ANNOVAR, SnpEff 2, bcftools csq and PAVE documents.
"""

from collections.abc import Iterable

_MAF = {
    "missense": "missense_variant",
    "missense_mutation": "missense_variant",
    "nonsense": "stop_gained",
    "nonsense_mutation": "stop_gained",
    "nonstop": "stop_lost",
    "nonstop_mutation": "stop_lost",
    "silent": "synonymous_variant",
    "splice_site": "splice_site_variant",
    "splice_region": "splice_region_variant",
    "in_frame_del": "inframe_deletion",
    "in_frame_ins": "inframe_insertion",
    "frame_shift_del": "frameshift_variant",
    "frame_shift_ins": "frameshift_variant",
    "start_codon_snp": "start_lost",
    "start_codon_ins": "start_lost",
    "start_codon_del": "start_lost",
    "translation_start_site": "start_lost",
    "de_novo_start_in_frame": "5_prime_UTR_variant",
    "de_novo_start_out_frame": "5_prime_UTR_variant",
    "five_prime_utr": "5_prime_UTR_variant",
    "three_prime_utr": "3_prime_UTR_variant",
    "five_prime_flank": "upstream_gene_variant",
    "three_prime_flank": "downstream_gene_variant",
    "5'utr": "5_prime_UTR_variant",
    "3'utr": "3_prime_UTR_variant",
    "5'flank": "upstream_gene_variant",
    "3'flank": "downstream_gene_variant",
    "intron": "intron_variant",
    "igr": "intergenic_variant",
    "rna": "non_coding_transcript_exon_variant",
    "lincrna": "non_coding_transcript_exon_variant",
}
_ANNOVAR = {
    "nonsynonymous_snv": "missense_variant",
    "synonymous_snv": "synonymous_variant",
    "stopgain": "stop_gained",
    "stopgain_snv": "stop_gained",
    "stoploss": "stop_lost",
    "stoploss_snv": "stop_lost",
    "startloss": "start_lost",
    "frameshift_insertion": "frameshift_variant",
    "frameshift_deletion": "frameshift_variant",
    "frameshift_substitution": "frameshift_variant",
    "frameshift_block_substitution": "frameshift_variant",
    "nonframeshift_insertion": "inframe_insertion",
    "nonframeshift_deletion": "inframe_deletion",
    "nonframeshift_substitution": "protein_altering_variant",
    "nonframeshift_block_substitution": "protein_altering_variant",
    "splicing": "splice_site_variant",
    "intronic": "intron_variant",
    "utr5": "5_prime_UTR_variant",
    "utr3": "3_prime_UTR_variant",
    "upstream": "upstream_gene_variant",
    "downstream": "downstream_gene_variant",
    "intergenic": "intergenic_variant",
    "ncrna_exonic": "non_coding_transcript_exon_variant",
    "ncrna_intronic": "non_coding_transcript_variant",
}
_SNPEFF_2 = {
    "stop_gained": "stop_gained",
    "stop_lost": "stop_lost",
    "start_lost": "start_lost",
    "non_synonymous_coding": "missense_variant",
    "non_synonymous_start": "start_lost",
    "synonymous_coding": "synonymous_variant",
    "synonymous_start": "start_retained_variant",
    "synonymous_stop": "stop_retained_variant",
    "frame_shift": "frameshift_variant",
    "codon_change": "protein_altering_variant",
    "codon_deletion": "inframe_deletion",
    "codon_insertion": "inframe_insertion",
    "codon_change_plus_codon_deletion": "inframe_deletion",
    "codon_change_plus_codon_insertion": "inframe_insertion",
    "splice_site_donor": "splice_donor_variant",
    "splice_site_acceptor": "splice_acceptor_variant",
    "splice_site_region": "splice_region_variant",
    "exon_deleted": "exon_loss_variant",
    "utr_5_prime": "5_prime_UTR_variant",
    "utr_3_prime": "3_prime_UTR_variant",
    "start_gained": "5_prime_UTR_premature_start_codon_gain_variant",
}
_BCFTOOLS = {
    "synonymous": "synonymous_variant",
    "stop_retained": "stop_retained_variant",
    "start_retained": "start_retained_variant",
    "frameshift": "frameshift_variant",
    "inframe_altering": "protein_altering_variant",
    "splice_acceptor": "splice_acceptor_variant",
    "splice_donor": "splice_donor_variant",
    "5_prime_utr": "5_prime_UTR_variant",
    "3_prime_utr": "3_prime_UTR_variant",
    "non_coding": "non_coding_transcript_variant",
    "coding_sequence": "coding_sequence_variant",
    "intergenic": "intergenic_variant",
}
_PAVE = {
    "phased_missense": "missense_variant",
    "phased_synonymous": "synonymous_variant",
    "phased_inframe_deletion": "inframe_deletion",
    "phased_inframe_insertion": "inframe_insertion",
}
_TERMS = _MAF | _ANNOVAR | _SNPEFF_2 | _BCFTOOLS | _PAVE


def terms(words: Iterable[str]) -> tuple[str, ...]:
    """Sequence Ontology terms of a program's words; a word that is none of these stays as it is."""
    return tuple(_TERMS.get(word.strip().lower(), word.strip()) for word in words)
