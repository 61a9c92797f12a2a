{
  "class": "CommandLineTool",
  "cwlVersion": "v1.2",
  "label": "read-quality-summary",
  "doc": "Summarises the quality of the reads of one sample: counts, GC content and mean quality of each file, and the mean quality by cycle. Needs bash, gzip, awk and md5sum.",
  "$namespaces": {
    "sbg": "https://sevenbridges.com"
  },
  "requirements": [],
  "hints": [
    {
      "class": "ResourceRequirement",
      "coresMin": 1,
      "ramMin": 256
    }
  ],
  "baseCommand": [
    "bash",
    "-c"
  ],
  "arguments": [
    {
      "position": 0,
      "valueFrom": "set -eu\nsample=$1; base=$2; least=$3; shift 3\necho \"sample,file,reads,bases,mean_length,gc_percent,mean_quality,reads_below_$least\" > \"$base.summary.csv\"\nfor file in \"$@\"; do\n  if [ \"$file\" = --mates ]; then continue; fi\n  gzip -t \"$file\"\n  name=`basename \"$file\" .gz`; name=`basename \"$name\" .fastq`\n  gzip -cd \"$file\" | awk -v sample=\"$sample\" -v name=\"$name\" -v least=\"$least\" -v table=\"$name.quality.tsv\" '\n    BEGIN { for (i = 33; i < 127; i++) score[sprintf(\"%c\", i)] = i - 33 }\n    NR % 4 == 2 { n = length($0); reads++; bases += n; gc += gsub(/[GCgc]/, \"\") }\n    NR % 4 == 0 {\n      n = length($0); sum = 0\n      for (i = 1; i <= n; i++) { q = score[substr($0, i, 1)]; sum += q; at[i] += q; seen[i]++; if (i > longest) longest = i }\n      total += sum; if (n > 0 && sum / n < least) below++\n    }\n    END {\n      if (NR == 0 || NR % 4) { print \"not whole records: \" name > \"/dev/stderr\"; exit 65 }\n      printf \"%s,%s,%d,%d,%.1f,%.2f,%.2f,%d\\n\", sample, name, reads, bases, bases / reads, 100 * gc / bases, total / bases, below\n      print \"cycle\\tmean_quality\" > table\n      for (i = 1; i <= longest; i++) printf \"%d\\t%.2f\\n\", i, at[i] / seen[i] > table\n    }' >> \"$base.summary.csv\"\ndone\nmd5sum \"$base.summary.csv\" > \"$base.summary.csv.md5\"\n"
    },
    {
      "position": 0,
      "valueFrom": "read-quality-summary"
    }
  ],
  "inputs": [
    {
      "id": "sample_name",
      "type": "string",
      "label": "Name of the sample",
      "inputBinding": {
        "position": 1
      }
    },
    {
      "id": "output_basename",
      "type": "string",
      "label": "What the results' names begin with",
      "inputBinding": {
        "position": 2
      }
    },
    {
      "id": "min_quality",
      "type": "int?",
      "default": 20,
      "label": "Reads with a lower mean quality are counted",
      "inputBinding": {
        "position": 3
      }
    },
    {
      "id": "input_pe_reads",
      "type": "File[]",
      "label": "First mates, or single-end reads",
      "sbg:fileTypes": "FASTQ.GZ",
      "inputBinding": {
        "position": 4
      }
    },
    {
      "id": "input_pe_mates",
      "type": [
        "null",
        {
          "type": "array",
          "items": "File"
        }
      ],
      "label": "Second mates, in the same order",
      "sbg:fileTypes": "FASTQ.GZ",
      "inputBinding": {
        "position": 5,
        "prefix": "--mates"
      }
    },
    {
      "id": "strandedness",
      "type": [
        "null",
        {
          "type": "enum",
          "name": "strandedness",
          "symbols": [
            "default",
            "rf-stranded",
            "fr-stranded"
          ]
        }
      ],
      "label": "Only recorded"
    },
    {
      "id": "adapters",
      "type": "File?",
      "label": "Reference sequences, only recorded"
    },
    {
      "id": "log_name",
      "type": "string?",
      "label": "Keeps a log under this name; without it there is none"
    }
  ],
  "outputs": [
    {
      "id": "summary",
      "type": "File",
      "label": "One line for each file",
      "outputBinding": {
        "glob": "$(inputs.output_basename).summary.csv"
      },
      "secondaryFiles": [
        {
          "pattern": ".md5",
          "required": true
        }
      ]
    },
    {
      "id": "quality_by_cycle",
      "type": "File[]",
      "label": "Mean quality by cycle",
      "outputBinding": {
        "glob": "*.quality.tsv"
      }
    },
    {
      "id": "log",
      "type": "File?",
      "outputBinding": {
        "glob": "$(inputs.log_name)"
      }
    }
  ]
}
