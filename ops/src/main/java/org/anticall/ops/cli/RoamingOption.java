package org.anticall.ops.cli;

import java.util.Locale;
import org.anticall.rules.call.RoamingAnswer;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code home}, {@code roaming}, {@code roaming:CC}, {@code roaming:CC:s8hr}, {@code unallocated}, {@code unknown}, {@code timeout}. */
final class RoamingOption implements ITypeConverter<RoamingAnswer> {

    @Override
    public RoamingAnswer convert(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        if (word.matches("roaming:[a-z]{2}(:local|:s8hr)?")) {
            String country = word.substring(8, 10).toUpperCase(Locale.ROOT);
            RoamingAnswer.Mode mode = word.length() == 10
                    ? RoamingAnswer.Mode.UNKNOWN
                    : RoamingAnswer.Mode.valueOf(word.substring(11).toUpperCase(Locale.ROOT));
            return new RoamingAnswer(RoamingAnswer.State.ROAMING, country, mode);
        }
        return switch (word) {
            case "home" -> RoamingAnswer.HOME;
            case "roaming" -> RoamingAnswer.roaming("");
            case "unallocated" -> RoamingAnswer.UNALLOCATED;
            case "unknown" -> RoamingAnswer.UNKNOWN;
            case "timeout" -> RoamingAnswer.TIMEOUT;
            default ->
                throw new TypeConversionException(
                        "'" + text
                                + "' is no roaming state, expected home, roaming, roaming:CC, roaming:CC:s8hr, unallocated, unknown or timeout");
        };
    }
}
