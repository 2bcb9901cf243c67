package org.anticall.ops.cli;

import picocli.CommandLine.Option;

/** Why somebody looks at what concerns somebody else: a centre shows nothing before it has written that down. */
final class WhyOption {

    @Option(
            names = "--why",
            paramLabel = "REASON",
            defaultValue = "${ANTICALL_WHY:-}",
            description = "Why you look, for the trail: a case, an appeal (default: the variable ANTICALL_WHY).")
    @SuppressWarnings("NullAway.Init") // has a default
    private String reason;

    /** The path of a look with its reason; as it is if none was given, which the centre may refuse. */
    String on(String path) {
        String why = reason.strip();
        return why.isEmpty() ? path : path + (path.contains("?") ? "&" : "?") + "why=" + Centre.encoded(why);
    }
}
