#!/usr/bin/env nextflow
// Screens a run: a samplesheet in, one run folder out, the same bytes as one 'mdm2screen batch'. See README.md.

include { MDM2SCREEN_BATCH  } from './modules/local/mdm2screen/batch/main'
include { MDM2SCREEN_GATHER } from './modules/local/mdm2screen/gather/main'

workflow {
    if (!params.samplesheet) {
        error("--samplesheet is missing: pass the table of samples")
    }
    def sheet = file(params.samplesheet, checkIfExists: true)
    def of_file = params.protocol.toString().endsWith('.toml')
    def protocol = of_file ? file(params.protocol, checkIfExists: true).toString() : params.protocol
    def separator = sheet.withReader { reader -> reader.readLine() }.contains('\t') ? '\t' : ','

    // mdm2screen checks the sheet whole in every task; here only the names of patients are read.
    def patients = channel
        .fromPath(sheet)
        .splitCsv(header: true, sep: separator, quote: '"')
        .map { row -> row.patient?.trim() }
        .filter { patient -> patient }
        .ifEmpty { error("${sheet.name} has no column patient, or no row; the first line names the columns") }
        .unique()
        .collate(params.patients_per_job as int)
        .toList()
        .flatMap { groups ->
            groups.withIndex().collect { group, number -> [[id: String.format('%05d', number)], group] }
        }

    MDM2SCREEN_BATCH(patients, sheet.toString(), protocol)
    MDM2SCREEN_GATHER(
        MDM2SCREEN_BATCH.out.run.map { meta, folder -> folder }.collect(sort: { folder -> folder.name }),
        protocol,
    )
}
