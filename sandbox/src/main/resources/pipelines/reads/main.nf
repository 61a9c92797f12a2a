#!/usr/bin/env nextflow
// Checks and summarises sequencing reads with gzip, awk, md5sum and sort.

nextflow.enable.dsl = 2

// Is every file whole, and do both mates hold the same number of reads?
process CHECK_READS {
    tag "${sample}"
    publishDir "${params.outdir}/${sample}", mode: 'copy'

    input:
    tuple val(sample), val(strandedness), path(reads, stageAs: 'mate?.fastq.gz')

    output:
    tuple val(sample), path("${sample}.md5"), emit: md5
    tuple val(sample), path("${sample}.check.txt"), emit: report

    script:
    """
    for f in mate*.fastq.gz; do
        gzip -t "\$f" || { echo "not a whole gzip file: \$f" >&2; exit 65; }
        gzip -cd "\$f" | awk -v f="\$f" 'END {
            if (NR == 0 || NR % 4) { print "not whole records: " f > "/dev/stderr"; exit 65 }
            print NR / 4 }' > "\$f.count" || exit 65
    done
    if [ "\$(sort -u mate*.count | awk 'END { print NR }')" != 1 ]; then
        echo "the mates of ${sample} differ in their number of reads" >&2
        exit 66
    fi
    md5sum mate*.fastq.gz > ${sample}.md5
    {
        echo "sample: ${sample}"
        echo "strandedness: ${strandedness}"
        echo "files: \$(ls mate*.fastq.gz | awk 'END { print NR }')"
        echo "reads per file: \$(sort -u mate*.count)"
        echo "verdict: whole"
    } > ${sample}.check.txt
    """
}

// Pairs, read length, GC content and mean quality of one sample.
process PROFILE_READS {
    tag "${sample}"
    publishDir "${params.outdir}/${sample}", mode: 'copy'

    input:
    tuple val(sample), val(strandedness), path(reads, stageAs: 'mate?.fastq.gz')

    output:
    tuple val(sample), path("${sample}.profile.tsv")

    script:
    """
    gzip -cd mate*.fastq.gz | awk -v sample=${sample} -v strand=${strandedness} \\
        -v mates="\$(ls mate*.fastq.gz | awk 'END { print NR }')" '
        BEGIN { for (i = 33; i < 127; i++) score[sprintf("%c", i)] = i - 33 }
        NR % 4 == 2 {
            n = length(\$0); bases += n; reads++
            if (reads == 1 || n < shortest) shortest = n
            if (n > longest) longest = n
            gc += gsub(/[GCgc]/, "")
        }
        NR % 4 == 0 { n = length(\$0); for (i = 1; i <= n; i++) sum += score[substr(\$0, i, 1)] }
        END {
            OFS = "\\t"
            print "sample", "strandedness", "pairs", "shortest", "longest", "gc_percent", "mean_quality"
            printf "%s\\t%s\\t%d\\t%d\\t%d\\t%.2f\\t%.2f\\n", sample, strand, reads / mates,
                shortest, longest, 100 * gc / bases, sum / bases
        }' > ${sample}.profile.tsv
    """
}

// One table over all samples.
process MERGE_PROFILES {
    publishDir "${params.outdir}/summary", mode: 'copy'

    input:
    path(profiles)

    output:
    path('reads_summary.tsv')

    script:
    """
    awk 'FNR == 1 { if (NR == 1) { print; fflush() } next } { print | "sort" }' ${profiles} > reads_summary.tsv
    """
}

// One checksum list over all samples, with the sample in place of the mate's staged name.
process MERGE_CHECKSUMS {
    publishDir "${params.outdir}/summary", mode: 'copy'

    input:
    path(md5s)

    output:
    path('checksums.md5')

    script:
    """
    for f in ${md5s}; do
        awk -v s="\${f%.md5}" '{ print \$1 "  " s "/" \$2 }' "\$f"
    done | sort -k 2 > checksums.md5
    """
}

// The table once more, for people.
process WRITE_REPORT {
    publishDir "${params.outdir}/summary", mode: 'copy'

    input:
    path(table)
    path(checks)

    output:
    path('report.md')

    script:
    """
    {
        echo '# Reads'
        echo
        awk -F '\\t' '{
            row = "|"; rule = "|"
            for (i = 1; i <= NF; i++) { row = row " " \$i " |"; rule = rule " --- |" }
            print row
            if (NR == 1) print rule
        }' ${table}
        echo
        echo "Whole samples: \$(grep -l 'verdict: whole' ${checks} | awk 'END { print NR }')"
    } > report.md
    """
}

// Samples by mean quality, best first.
process RANK_PROFILES {
    publishDir "${params.outdir}/ranking", mode: 'copy'

    input:
    path(profiles)

    output:
    path('ranking.tsv')

    script:
    """
    {
        printf 'rank\\tsample\\tmean_quality\\n'
        awk -F '\\t' 'FNR == 2 { print \$1 "\\t" \$7 }' ${profiles} | sort -k 2,2nr -k 1,1 |
            awk '{ print NR "\\t" \$0 }'
    } > ranking.tsv
    """
}

// The next step of a chain: its sheet (sample,profile) is made of what the workflow below left.
workflow RANK {
    RANK_PROFILES(
        Channel.fromPath(params.input, checkIfExists: true)
            .splitCsv(header: true)
            .map { row -> file(row.profile, checkIfExists: true) }
            .toSortedList { it.name }
    )
}

workflow {
    if (!params.input || !params.outdir) {
        error 'Both params are needed: input (a sheet with sample,fastq_1,fastq_2,strandedness) and outdir'
    }
    samples = Channel.fromPath(params.input, checkIfExists: true)
        .splitCsv(header: true)
        .map { row ->
            if (!row.sample || !row.fastq_1) {
                error "Row without sample or fastq_1: ${row}"
            }
            mates = [row.fastq_1, row.fastq_2].findAll { it }.collect { file(it, checkIfExists: true) }
            tuple(row.sample.trim().replaceAll(/[^A-Za-z0-9._-]/, '_'), row.strandedness ?: 'auto', mates)
        }
    CHECK_READS(samples)
    PROFILE_READS(samples)
    MERGE_PROFILES(PROFILE_READS.out.map { it[1] }.toSortedList { it.name })
    MERGE_CHECKSUMS(CHECK_READS.out.md5.map { it[1] }.toSortedList { it.name })
    WRITE_REPORT(MERGE_PROFILES.out, CHECK_READS.out.report.map { it[1] }.toSortedList { it.name })
}
