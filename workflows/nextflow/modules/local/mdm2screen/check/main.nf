// One word for the shell, whatever it holds.
def quoted(value) {
    return "'" + value.toString().replace("'", "'\\''") + "'"
}

// One tumor: for a pipeline that has its files in channels, such as nf-core/sarek or nf-core/oncoanalyser.
process MDM2SCREEN_CHECK {
    tag "${meta.id}"
    label 'process_single'

    conda "${moduleDir}/../environment.yml"
    container "mdm2screen:0.1.0"

    input:
    // A file that is not there is an empty list. meta.id is the patient; also read, where they are set: meta.purity,
    // meta.ploidy, meta.diagnosis, meta.assay (wgs or wes), meta.build, meta.tumor_sample, meta.specimen
    tuple val(meta), path(vcf, stageAs: 'vcf/*'), path(cn, stageAs: 'cn/*'), path(coverage, stageAs: 'coverage/*'), path(targets)
    val protocol

    output:
    tuple val(meta), path("*.decision.json"), emit: json
    path "versions.yml"                     , emit: versions

    when:
    task.ext.when == null || task.ext.when

    script:
    def args = task.ext.args ?: ''
    def prefix = task.ext.prefix ?: "${meta.id}"
    def given = [
        '--patient': meta.id,
        '--purity': meta.purity,
        '--ploidy': meta.ploidy,
        '--diagnosis': meta.diagnosis,
        '--build': meta.build,
        '--tumor-sample': meta.tumor_sample,
        '--specimen': meta.specimen,
        '--assay': targets ?: meta.assay,
        '--protocol': protocol,
    ]
    def options = given.findAll { option, value -> value }.collect { option, value -> "${option}=${quoted(value)}" }
    // Indices are staged beside their files and are no arguments.
    def data = { files -> [files].flatten().findAll { file -> !(file.name ==~ /.*\.(bai|crai|csi|tbi)/) } }
    options += data(cn).collect { file -> "--cn=${quoted(file)}" }
    options += data(coverage).collect { file -> "--coverage=${quoted(file)}" }
    def files = data(vcf).collect { file -> quoted(file) }
    """
    mdm2screen check \\
        ${options.join(' ')} \\
        --format json \\
        ${args} \\
        ${files.join(' ')} \\
        > ${quoted(prefix + '.decision.json')}

    cat <<-END_VERSIONS > versions.yml
    "${task.process}":
        mdm2screen: \$(mdm2screen --version | sed -n '1s/.* //p')
    END_VERSIONS
    """

    stub:
    def prefix = task.ext.prefix ?: "${meta.id}"
    """
    touch ${quoted(prefix + '.decision.json')}

    cat <<-END_VERSIONS > versions.yml
    "${task.process}":
        mdm2screen: \$(mdm2screen --version | sed -n '1s/.* //p')
    END_VERSIONS
    """
}
