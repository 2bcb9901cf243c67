package org.anticall.ops.http;

import io.javalin.http.Context;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why somebody asks, as far as the request says: the parameter {@code why} for this one request, or the header
 * {@value #HEADER} for the matter that somebody works on, which a page sends with everything. Both are text of
 * {@value #SHORTEST} to {@value #LONGEST} characters; the header is percent-encoded UTF-8.
 */
final class Why {

    static final String HEADER = "X-Anticall-Why";
    static final int SHORTEST = 3;
    static final int LONGEST = 200;

    private static final String EXPECTED = "a reason of " + SHORTEST + " to " + LONGEST + " characters";

    private Why() {}

    /**
     * The reason for this very request, empty if it names none.
     *
     * @throws Refused if there is one that is too short, too long or no text
     */
    static String named(Context context) {
        return checked(Queries.text(context, "why"));
    }

    /**
     * The reason for this very request, else the matter that somebody works on, else empty.
     *
     * @throws Refused if there is one that is too short, too long or no text
     */
    static String given(Context context) {
        String named = named(context);
        return named.isEmpty() ? checked(decoded(context.header(HEADER))) : named;
    }

    /** A request that shows what concerns somebody needs a reason, and this one has none. */
    static Refused missing() {
        return refused("", "Say why you look");
    }

    private static String decoded(@Nullable String sent) {
        try {
            return sent == null
                    ? ""
                    : URLDecoder.decode(sent.replace("+", "%2B"), StandardCharsets.UTF_8)
                            .strip();
        } catch (IllegalArgumentException broken) {
            throw refused(sent, "The header " + HEADER + " is not percent-encoded");
        }
    }

    private static String checked(String why) {
        boolean hasControls = why.chars().anyMatch(Character::isISOControl);
        if (!why.isEmpty() && (hasControls || why.length() < SHORTEST || why.length() > LONGEST)) {
            throw refused(why, "The reason '" + shown(why) + "' is none");
        }
        return why;
    }

    private static Refused refused(String value, String what) {
        return new Refused(
                400,
                "why",
                what + ": expected " + EXPECTED + " in the parameter 'why' or the header " + HEADER + ".",
                Map.of(
                        "problems",
                        List.of(Map.of("field", "why", "value", shown(value), "word", "why", "expected", EXPECTED))));
    }

    private static String shown(String value) {
        return value.length() <= 40 ? value : value.substring(0, 40);
    }
}
