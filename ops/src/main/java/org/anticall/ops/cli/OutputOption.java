package org.anticall.ops.cli;

import picocli.CommandLine.Option;

/** {@code -o human|json}. */
final class OutputOption {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "human|json",
            description = "How to print the answer (default: human).")
    OutputFormat format = OutputFormat.HUMAN;

    boolean isJson() {
        return format == OutputFormat.JSON;
    }
}
