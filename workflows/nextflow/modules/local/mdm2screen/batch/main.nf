// One word for the shell, whatever it holds.
def quoted(value) {
    return "'" + value.toString().replace("'", "'\\''") + "'"
}

// Some patients of a samplesheet. A patient that cannot be read is a line of failures.tsv, never a failed task.
process MDM2SCREEN_BATCH {
    tag "${meta.id}"
    label 'process_single'

    conda "${moduleDir}/../environment.yml"
    container "mdm2screen:0.1.0"

    input:
    // The sheet is named and not staged: paths in it are relative to where it lies, and a task's folder is elsewhere.
    tuple val(meta), val(patients)
    val samplesheet
    val protocol

    output:
    tuple val(meta), path("part_${meta.id}"), emit: run
    path "versions.yml"                     , emit: versions

    when:
    task.ext.when == null || task.ext.when

    script:
    def args = task.ext.args ?: ''
    def only = patients.collect { "--only=${quoted(it)}" }.join(' ')
    """
    mdm2screen batch \\
        ${quoted(samplesheet)} \\
        --out part_${meta.id} \\
        --protocol ${quoted(protocol)} \\
        --workers ${task.cpus} \\
        ${only} \\
        ${args} \\
        || [ \$? -eq 5 ]

    cat <<-END_VERSIONS > versions.yml
    "${task.process}":
        mdm2screen: \$(mdm2screen --version | sed -n '1s/.* //p')
    END_VERSIONS
    """

    stub:
    """
    mkdir part_${meta.id}
    touch part_${meta.id}/decisions.jsonl part_${meta.id}/summary.tsv part_${meta.id}/failures.tsv part_${meta.id}/run.json

    cat <<-END_VERSIONS > versions.yml
    "${task.process}":
        mdm2screen: \$(mdm2screen --version | sed -n '1s/.* //p')
    END_VERSIONS
    """
}
