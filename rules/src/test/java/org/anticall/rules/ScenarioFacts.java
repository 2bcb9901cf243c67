package org.anticall.rules;

import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.anticall.rules.call.Attestation;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.CountryCodeSet;
import org.anticall.rules.call.Mark;
import org.anticall.rules.call.Passport;
import org.anticall.rules.call.Privacy;
import org.anticall.rules.call.RoamingAnswer;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.call.TrunkTerms;
import org.anticall.rules.call.UserAgentFamily;
import org.anticall.rules.call.Verstat;
import org.anticall.rules.number.NumberNormalizer;
import org.anticall.rules.passport.Identities;
import org.anticall.rules.passport.Passports;

/** Facts from the words of a scenario. */
final class ScenarioFacts {

    private static final Set<String> KEYS = Set.of(
            "from",
            "pai",
            "second-pai",
            "rpid",
            "to",
            "diversion",
            "privacy",
            "roaming",
            "diversion-roaming",
            "at",
            "trunk",
            "trunk-class",
            "origins",
            "trombone",
            "returning",
            "verstat",
            "attestation",
            "passport",
            "identity",
            "user-agent",
            "fingerprint",
            "marks",
            "calls",
            "every",
            "before",
            "to-step",
            "pai-step",
            "answered",
            "ring",
            "talk",
            "by",
            "rejected",
            "message",
            "fraud");

    private ScenarioFacts() {}

    static CallFacts of(String call, Map<String, String> given, NumberNormalizer numbers) {
        for (String key : given.keySet()) {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException("call '" + call + "': unknown key " + key);
            }
        }
        CallFacts.Builder facts = CallFacts.on(
                        given.getOrDefault("trunk", "transit-a"),
                        TrunkClass.valueOf(upper(given.getOrDefault("trunk-class", "international"))),
                        OffsetDateTime.parse(given.getOrDefault("at", "2026-11-21T12:00:00+05:00"))
                                .toInstant()
                                .toEpochMilli())
                .terms(terms(given))
                .callee(numbers.callee(given.get("to")))
                .privacy(privacy(given.getOrDefault("privacy", "no")))
                .returning(given.getOrDefault("returning", "no").equals("yes"))
                .verstat(Verstat.valueOf(upper(given.getOrDefault("verstat", "none"))))
                .attestation(Attestation.valueOf(upper(given.getOrDefault("attestation", "none"))))
                .passport(Passport.valueOf(upper(given.getOrDefault("passport", "none"))))
                .userAgent(UserAgentFamily.of(given.getOrDefault("user-agent", "")))
                .fingerprint(Long.parseUnsignedLong(given.getOrDefault("fingerprint", "0"), 16));
        for (String mark : words(given.getOrDefault("marks", ""))) {
            facts.mark(Mark.valueOf(upper(mark)));
        }
        if (given.containsKey("pai")) {
            facts.asserted(numbers.caller(given.get("pai")));
        }
        if (given.containsKey("second-pai")) {
            facts.secondAsserted(numbers.caller(given.get("second-pai")));
        }
        if (given.containsKey("rpid")) {
            facts.remoteParty(numbers.caller(given.get("rpid")));
        }
        if (given.containsKey("from")) {
            facts.presented(numbers.caller(given.get("from")));
        }
        if (given.containsKey("diversion")) {
            facts.redirecting(numbers.caller(given.get("diversion")));
        }
        return given.containsKey("identity") ? identified(facts, given, numbers) : facts.build();
    }

    private static CallFacts identified(
            CallFacts.Builder builder, Map<String, String> given, NumberNormalizer numbers) {
        CallFacts facts = builder.build();
        String caller = given.getOrDefault("pai", given.getOrDefault("from", ""));
        Passports.Findings found = Passports.of(
                Identities.of(given.get("identity"), facts.atEpochMillis(), caller, given.get("to")),
                facts.atEpochMillis(),
                numbers.caller(caller),
                facts.callee());
        return builder.passport(found.passport())
                .attestation(found.attestation())
                .build();
    }

    /** What the oracle says when asked under {@code key}; a call that names no answer must not lead to a question. */
    static RoamingAnswer answer(Scenario.Call call, String key) {
        String answer = call.given().get(key);
        if (answer == null) {
            throw new AssertionError(
                    "call '" + call.name() + "' led to a question for '" + key + "' that it gives no answer to");
        }
        String[] parts = answer.split(":", -1);
        return new RoamingAnswer(
                RoamingAnswer.State.valueOf(upper(parts[0])),
                parts.length > 1 ? parts[1] : "",
                parts.length > 2 ? RoamingAnswer.Mode.valueOf(upper(parts[2])) : RoamingAnswer.Mode.UNKNOWN);
    }

    private static TrunkTerms terms(Map<String, String> given) {
        String origins = given.getOrDefault("origins", "");
        boolean hub = origins.equals("*");
        return new TrunkTerms(
                hub ? CountryCodeSet.EMPTY : CountryCodeSet.ofCountries(words(origins)),
                hub,
                given.getOrDefault("trombone", "no").equals("yes"));
    }

    private static Privacy privacy(String word) {
        return switch (word) {
            case "no", "false" -> Privacy.NONE;
            case "yes", "true" -> Privacy.ID;
            default -> Privacy.valueOf(upper(word));
        };
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("[ ,]+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
