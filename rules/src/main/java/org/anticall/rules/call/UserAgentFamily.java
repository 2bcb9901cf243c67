package org.anticall.rules.call;

import java.util.List;

/** What kind of program names itself in {@code User-Agent} or {@code Server}. */
public enum UserAgentFamily {
    /** The header is missing. */
    ABSENT,
    /** A tool that scans for open systems. */
    SCANNER(
            "friendly-scanner",
            "sipvicious",
            "sipcli",
            "vaxsipuseragent",
            "sip call",
            "simplesip",
            "sundayddr",
            "pplsip"),
    /** Hardware that puts SIM cards behind SIP. */
    SIM_GATEWAY("goip", "dinstar", "ejoin", "yeastar tg", "neogate tg", "hypermedia", "2n voiceblue"),
    /** A private exchange or a dialler. */
    EXCHANGE("asterisk", "fpbx", "freepbx", "vicidial", "3cx", "freeswitch", "elastix", "issabel"),
    /** A telephone program. */
    SOFTPHONE("eyebeam", "zoiper", "x-lite", "microsip", "linphone", "bria", "pjsua", "jitsi", "blink", "baresip"),
    /** Anything else: session border controllers, soft switches, what nobody has classified. */
    OTHER;

    private static final UserAgentFamily[] FAMILIES = values();

    /** Parts of names in lower case. */
    @SuppressWarnings("ImmutableEnumChecker") // List.of never changes
    private final List<String> parts;

    UserAgentFamily(String... parts) {
        this.parts = List.of(parts);
    }

    /** The family of {@code product}, the value of the header; letters of either case. Allocates nothing. */
    public static UserAgentFamily of(CharSequence product) {
        if (product.length() == 0) {
            return ABSENT;
        }
        for (UserAgentFamily family : FAMILIES) {
            for (int i = 0; i < family.parts.size(); i++) {
                if (contains(product, family.parts.get(i))) {
                    return family;
                }
            }
        }
        return OTHER;
    }

    private static boolean contains(CharSequence text, String part) {
        for (int start = 0; start <= text.length() - part.length(); start++) {
            int length = 0;
            while (length < part.length() && lower(text.charAt(start + length)) == part.charAt(length)) {
                length++;
            }
            if (length == part.length()) {
                return true;
            }
        }
        return false;
    }

    private static char lower(char character) {
        return character >= 'A' && character <= 'Z' ? (char) (character + 32) : character;
    }
}
