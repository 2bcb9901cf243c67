package org.anticall.rules;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.anticall.rules.call.CallEnd;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.number.PartyNumber;

/**
 * A group of calls before the one that is judged. The last of them comes {@code before} it, the others {@code every} so
 * much earlier; the numbers go up by {@code to-step} and {@code pai-step}. Each is answered or not, rings, lasts and is
 * ended by somebody; {@code open} is a call that has not ended.
 */
record ScenarioHistory(String name, Map<String, String> words, long judgedAtMillis) {

    void replay(RuleBook book) {
        int calls = Integer.parseInt(words.getOrDefault("calls", "1"));
        long every = millis(words.getOrDefault("every", "10s"));
        long last = judgedAtMillis - millis(words.getOrDefault("before", words.getOrDefault("every", "10s")));
        CallFacts first = ScenarioFacts.of(name, new HashMap<>(words), book.numbers());
        for (int i = 0; i < calls; i++) {
            CallFacts facts = at(first, last - every * (calls - 1 - i), i);
            if (words.containsKey("message")) {
                book.counters().messaged(PartyNumber.e164(facts.callee()), facts.atEpochMillis());
                continue;
            }
            CallFacts observed = book.observe(facts);
            boolean rejected = words.getOrDefault("rejected", "no").equals("yes");
            book.decided(observed, rejected ? Verdict.Kind.REJECT : Verdict.Kind.PASS);
            end(book, facts);
            if (words.containsKey("fraud")) {
                book.counters().found(facts.fingerprint(), words.get("fraud").equals("yes"));
            }
        }
    }

    private void end(RuleBook book, CallFacts facts) {
        String answered = words.getOrDefault("answered", "open");
        if (answered.equals("open")) {
            return;
        }
        long ringing = millis(words.getOrDefault("ring", "5s"));
        long answer = answered.equals("yes") ? facts.atEpochMillis() + ringing : 0;
        long end = answered.equals("yes")
                ? answer + millis(words.getOrDefault("talk", "60s"))
                : facts.atEpochMillis() + ringing;
        CallEnd.Party by =
                CallEnd.Party.valueOf(words.getOrDefault("by", "callee").toUpperCase(Locale.ROOT));
        book.ended(CallEnd.of(facts, answer, end, by));
    }

    private CallFacts at(CallFacts facts, long epochMillis, int index) {
        return CallFacts.on(facts.trunk(), facts.trunkClass(), epochMillis)
                .terms(facts.terms())
                .asserted(facts.asserted() + index * step("pai-step"))
                .presented(facts.presented())
                .callee(
                        PartyNumber.e164(facts.callee()) == 0
                                ? facts.callee()
                                : facts.callee() + index * step("to-step"))
                .fingerprint(facts.fingerprint())
                .build();
    }

    private long step(String key) {
        return Long.parseLong(words.getOrDefault(key, "0"));
    }

    private static long millis(String text) {
        long number = Long.parseLong(text.substring(0, text.length() - 1));
        return number
                * switch (text.charAt(text.length() - 1)) {
                    case 's' -> 1_000;
                    case 'm' -> 60_000;
                    case 'h' -> 3_600_000;
                    default -> 86_400_000;
                };
    }
}
