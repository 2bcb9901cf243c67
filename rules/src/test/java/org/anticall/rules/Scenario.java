package org.anticall.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Privacy;
import org.anticall.rules.call.RoamingAnswer;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.number.NumberNormalizer;
import org.anticall.rules.number.PartyNumber;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A folder with rules, calls and what is expected of them ({@code calls.yaml}; without {@code rules.yaml} the reference policy). */
record Scenario(String name, String home, RuleSource rules, List<Call> calls) {

    /** One call of the folder: its facts as people write them, the answers the oracle would give, and the expectation. */
    record Call(String name, Map<String, String> given, Map<String, Object> expected) {

        private static final Set<String> KEYS = Set.of(
                "from",
                "pai",
                "to",
                "diversion",
                "privacy",
                "roaming",
                "diversion-roaming",
                "at",
                "trunk",
                "trunk-class");

        Call {
            for (String key : given.keySet()) {
                if (!KEYS.contains(key)) {
                    throw new IllegalArgumentException("call '" + name + "': unknown key " + key);
                }
            }
        }

        /** The facts before anybody asked for a roaming state. */
        CallFacts facts(NumberNormalizer numbers) {
            return CallFacts.on(
                            given.getOrDefault("trunk", "transit-a"),
                            TrunkClass.valueOf(given.getOrDefault("trunk-class", "international")
                                    .toUpperCase(Locale.ROOT)),
                            OffsetDateTime.parse(given.getOrDefault("at", "2026-11-21T12:00:00+05:00"))
                                    .toInstant()
                                    .toEpochMilli())
                    .asserted(given.containsKey("pai") ? numbers.caller(given.get("pai")) : PartyNumber.ABSENT)
                    .presented(given.containsKey("from") ? numbers.caller(given.get("from")) : PartyNumber.ABSENT)
                    .callee(numbers.callee(given.getOrDefault("to", "+77172555555")))
                    .redirecting(
                            given.containsKey("diversion")
                                    ? numbers.caller(given.get("diversion"))
                                    : PartyNumber.ABSENT)
                    .privacy(given.getOrDefault("privacy", "no").equals("yes") ? Privacy.ID : Privacy.NONE)
                    .build();
        }

        /** What the oracle says when asked under {@code key}; a call that names no answer must not lead to a question. */
        RoamingAnswer answer(String key) {
            String answer = given.get(key);
            if (answer == null) {
                throw new AssertionError(
                        "call '" + name + "' led to a question for '" + key + "' that it gives no answer to");
            }
            return answer.startsWith("roaming:")
                    ? RoamingAnswer.roaming(answer.substring("roaming:".length()))
                    : new RoamingAnswer(RoamingAnswer.State.valueOf(answer.toUpperCase(Locale.ROOT)), "");
        }
    }

    @SuppressWarnings("unchecked")
    static Scenario read(Path folder) throws IOException {
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        Map<String, Object> root = yaml.load(Files.readString(folder.resolve("calls.yaml")));
        String home = String.valueOf(root.get("home"));
        Path rules = folder.resolve("rules.yaml");
        List<Call> calls = ((List<Map<String, Object>>) root.get("calls"))
                .stream()
                        .map(call -> new Call(
                                String.valueOf(call.get("call")),
                                (Map<String, String>) call.getOrDefault("given", Map.of()),
                                (Map<String, Object>) call.get("expect")))
                        .toList();
        return new Scenario(
                String.valueOf(folder.getFileName()),
                home,
                Files.exists(rules) ? RuleSource.file(rules) : RuleSource.reference(home),
                calls);
    }
}
