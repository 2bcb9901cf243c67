package org.anticall.rules;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anticall.rules.call.Attestation;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.CountryCodeSet;
import org.anticall.rules.call.Gauge;
import org.anticall.rules.call.Mark;
import org.anticall.rules.call.Passport;
import org.anticall.rules.call.Privacy;
import org.anticall.rules.call.Readings;
import org.anticall.rules.call.RoamingAnswer;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.call.TrunkTerms;
import org.anticall.rules.call.UserAgentFamily;
import org.anticall.rules.call.Verstat;
import org.anticall.rules.number.NumberNormalizer;
import org.anticall.rules.number.PartyNumber;

/**
 * A call as people write it down: its facts by name, as in {@code tests} of a rule file and in {@code explain}. What is not
 * given is absent.
 */
public final class GivenCall {

    /** When a call comes that does not say when. Fixed, so that a test passes on every day or on none. */
    public static final String DEFAULT_TIME = "2026-11-21T12:00:00+05:00";

    /** Names of the facts that can be given. */
    public static final List<String> NAMES = List.of(
            "from",
            "to",
            "pai",
            "second-pai",
            "remote-party",
            "diversion",
            "privacy",
            "roaming",
            "diversion-roaming",
            "at",
            "trunk",
            "trunk-class",
            "origins",
            "hub",
            "trombone",
            "verstat",
            "attestation",
            "passport",
            "fingerprint",
            "user-agent",
            "marks",
            "returning",
            "readings");

    private final Map<String, String> given;

    /**
     * The call with the facts {@code given} by name.
     *
     * @throws IllegalArgumentException naming a fact that is none
     */
    public GivenCall(Map<String, String> given) {
        this.given = Map.copyOf(given);
        for (String name : given.keySet()) {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException(
                        "'" + name + "' is no fact of a call, expected one of " + String.join(", ", NAMES));
            }
        }
    }

    /**
     * Its facts before anybody asked for a roaming state.
     *
     * @throws IllegalArgumentException naming a value that cannot be understood and what was expected
     */
    public CallFacts facts(NumberNormalizer numbers) {
        // A wrong answer is wrong whether anybody asks for it or not.
        callerRoaming();
        redirectingRoaming();
        CallFacts.Builder facts = CallFacts.on(
                        text("trunk", "transit-a"),
                        word("trunk-class", TrunkClass.class, TrunkClass.INTERNATIONAL),
                        time())
                .terms(new TrunkTerms(origins(), truth("hub"), truth("trombone")))
                .asserted(caller(numbers, "pai"))
                .secondAsserted(caller(numbers, "second-pai"))
                .remoteParty(caller(numbers, "remote-party"))
                .presented(caller(numbers, "from"))
                .callee(given.containsKey("to") ? numbers.callee(text("to", "")) : PartyNumber.ABSENT)
                .redirecting(caller(numbers, "diversion"))
                .privacy(privacy())
                .verstat(word("verstat", Verstat.class, Verstat.NONE))
                .attestation(word("attestation", Attestation.class, Attestation.NONE))
                .passport(word("passport", Passport.class, Passport.NONE))
                .fingerprint(fingerprint())
                .userAgent(word("user-agent", UserAgentFamily.class, UserAgentFamily.ABSENT))
                .returning(truth("returning"))
                .readings(readings());
        for (String mark : items("marks")) {
            facts.mark(constant("marks", mark, Mark.class));
        }
        return facts.build();
    }

    /** What the home network says of the caller, {@link RoamingAnswer#UNKNOWN} if the call does not say. */
    public RoamingAnswer callerRoaming() {
        return roaming("roaming");
    }

    /** What the home network says of who forwarded the call, {@link RoamingAnswer#UNKNOWN} if the call does not say. */
    public RoamingAnswer redirectingRoaming() {
        return roaming("diversion-roaming");
    }

    private long caller(NumberNormalizer numbers, String name) {
        String user = text(name, "");
        return user.isEmpty() ? PartyNumber.ABSENT : numbers.caller(user);
    }

    private long time() {
        String text = text("at", DEFAULT_TIME);
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException notAnInstant) {
            throw wrong("at", text, "an instant like " + DEFAULT_TIME);
        }
    }

    private Privacy privacy() {
        return switch (text("privacy", "no")) {
            case "no" -> Privacy.NONE;
            case "yes" -> Privacy.ID;
            default -> word("privacy", Privacy.class, Privacy.NONE);
        };
    }

    /** {@code home}, {@code roaming}, {@code roaming:TR}, {@code roaming:TR:s8hr}, {@code unknown} ... */
    private RoamingAnswer roaming(String name) {
        String[] parts = text(name, "unknown").split(":", -1);
        RoamingAnswer.State state = constant(name, parts[0], RoamingAnswer.State.class);
        if (parts.length > 3 || (parts.length > 1 && state != RoamingAnswer.State.ROAMING)) {
            throw wrong(
                    name, text(name, ""), "home, roaming, roaming:TR, roaming:TR:s8hr, unallocated, unknown, timeout");
        }
        return new RoamingAnswer(
                state,
                parts.length > 1 ? parts[1].toUpperCase(Locale.ROOT) : "",
                parts.length > 2 ? constant(name, parts[2], RoamingAnswer.Mode.class) : RoamingAnswer.Mode.UNKNOWN);
    }

    private CountryCodeSet origins() {
        List<Integer> codes = new ArrayList<>();
        for (String code : items("origins")) {
            codes.add(number("origins", code));
        }
        return CountryCodeSet.of(codes);
    }

    private long fingerprint() {
        String text = text("fingerprint", "0");
        try {
            return Long.parseUnsignedLong(text, 16);
        } catch (NumberFormatException notHex) {
            throw wrong("fingerprint", text, "up to 16 hex digits");
        }
    }

    private Readings readings() {
        List<String> items = items("readings");
        Gauge[] gauges = new Gauge[items.size()];
        int[] values = new int[items.size()];
        for (int i = 0; i < gauges.length; i++) {
            String[] parts = items.get(i).split("=", -1);
            if (parts.length != 2) {
                throw wrong("readings", items.get(i), "a gauge and its value like distinct-callees/600/0=25");
            }
            gauges[i] = Gauge.parse(parts[0]);
            values[i] = number("readings", parts[1]);
        }
        return Readings.of(gauges, values);
    }

    private boolean truth(String name) {
        return switch (text(name, "no")) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw wrong(name, text(name, ""), "yes or no");
        };
    }

    private List<String> items(String name) {
        String text = text(name, "");
        List<String> items = new ArrayList<>();
        for (String item : text.split(",", -1)) {
            if (!item.isBlank()) {
                items.add(item.strip());
            }
        }
        return items;
    }

    private String text(String name, String otherwise) {
        return given.getOrDefault(name, otherwise);
    }

    private <E extends Enum<E>> E word(String name, Class<E> type, E otherwise) {
        return given.containsKey(name) ? constant(name, text(name, ""), type) : otherwise;
    }

    private static <E extends Enum<E>> E constant(String name, String text, Class<E> type) {
        List<String> words = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            String word = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (word.equals(text.toLowerCase(Locale.ROOT))) {
                return constant;
            }
            words.add(word);
        }
        throw wrong(name, text, "one of " + String.join(", ", words));
    }

    private static int number(String name, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw wrong(name, text, "a whole number");
        }
    }

    private static IllegalArgumentException wrong(String name, String value, String expected) {
        return new IllegalArgumentException(name + " is '" + value + "', expected " + expected);
    }
}
