package org.anticall.ops.cli;

/** How a command prints its answer. */
enum OutputFormat {
    /** For people. */
    HUMAN,
    /** One JSON object on one line, nothing else on stdout. */
    JSON
}
