// One word for the shell, whatever it holds.
def quoted(value) {
    return "'" + value.toString().replace("'", "'\\''") + "'"
}

// Parts of a run joined in the order of the samplesheet, whatever order they come in.
process MDM2SCREEN_GATHER {
    label 'process_single'

    conda "${moduleDir}/../environment.yml"
    container "mdm2screen:0.1.0"

    input:
    path parts
    val protocol

    output:
    path "run/decisions.jsonl", emit: decisions
    path "run/summary.tsv"    , emit: summary
    path "run/failures.tsv"   , emit: failures
    path "run/report.html"    , emit: report
    path "run"                , emit: run
    path "versions.yml"       , emit: versions

    when:
    task.ext.when == null || task.ext.when

    script:
    def args = task.ext.args ?: ''
    def of_file = protocol.toString().endsWith('.toml') ? "--protocol ${quoted(protocol)}" : ''
    """
    mdm2screen gather \\
        ${parts} \\
        --out run \\
        ${of_file} \\
        ${args} \\
        || [ \$? -eq 5 ]

    cat <<-END_VERSIONS > versions.yml
    "${task.process}":
        mdm2screen: \$(mdm2screen --version | sed -n '1s/.* //p')
    END_VERSIONS
    """

    stub:
    """
    mkdir run
    touch run/decisions.jsonl run/summary.tsv run/failures.tsv run/run.json run/report.html

    cat <<-END_VERSIONS > versions.yml
    "${task.process}":
        mdm2screen: \$(mdm2screen --version | sed -n '1s/.* //p')
    END_VERSIONS
    """
}
