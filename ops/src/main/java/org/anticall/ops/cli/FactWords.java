package org.anticall.ops.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anticall.rules.call.Attestation;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Mark;
import org.anticall.rules.call.Passport;
import org.anticall.rules.call.Privacy;
import org.anticall.rules.call.Readings;
import org.anticall.rules.call.RoamingAnswer;
import org.anticall.rules.call.UserAgentFamily;
import org.anticall.rules.call.Verstat;
import org.anticall.rules.number.PartyNumber;

/** The facts of a call by name and in words, as in {@code tests} of rule files; only those that the call has. */
final class FactWords {

    private final Map<String, String> words = new LinkedHashMap<>();

    private FactWords() {}

    /** Facts other than its four common numbers, which are shown anyway. */
    static Map<String, String> beside(CallFacts facts) {
        FactWords found = new FactWords();
        found.put("at", Instant.ofEpochMilli(facts.atEpochMillis()).toString(), true);
        found.put("trunk", facts.trunk(), true);
        found.put("trunk-class", word(facts.trunkClass()), true);
        found.put("origins", codes(facts), !facts.terms().origins().isEmpty());
        found.put("hub", "yes", facts.terms().hub());
        found.put("trombone", "yes", facts.terms().trombone());
        found.put(
                "second-pai", PartyNumber.format(facts.secondAsserted()), facts.secondAsserted() != PartyNumber.ABSENT);
        found.put("remote-party", PartyNumber.format(facts.remoteParty()), facts.remoteParty() != PartyNumber.ABSENT);
        found.put("privacy", word(facts.privacy()), facts.privacy() != Privacy.NONE);
        found.put("verstat", word(facts.verstat()), facts.verstat() != Verstat.NONE);
        found.put("attestation", word(facts.attestation()), facts.attestation() != Attestation.NONE);
        found.put("passport", word(facts.passport()), facts.passport() != Passport.NONE);
        found.put("fingerprint", String.format(Locale.ROOT, "%016x", facts.fingerprint()), facts.fingerprint() != 0);
        found.put("user-agent", word(facts.userAgent()), facts.userAgent() != UserAgentFamily.ABSENT);
        found.put("marks", marks(facts), facts.marks() != Mark.NONE);
        found.put("returning", "yes", facts.returning());
        found.roaming("roaming", facts.callerRoaming());
        found.roaming("diversion-roaming", facts.redirectingRoaming());
        found.put(
                "readings",
                readings(facts.readings()),
                !facts.readings().gauges().isEmpty());
        return found.words;
    }

    private void put(String name, String value, boolean has) {
        if (has) {
            words.put(name, value);
        }
    }

    private void roaming(String name, RoamingAnswer answer) {
        String country = answer.country().isEmpty() ? "" : ":" + answer.country();
        String mode = answer.mode() == RoamingAnswer.Mode.UNKNOWN ? "" : ":" + word(answer.mode());
        put(name, word(answer.state()) + country + mode, answer.state() != RoamingAnswer.State.NOT_ASKED);
    }

    private static String codes(CallFacts facts) {
        return String.join(
                ",",
                facts.terms().origins().codes().stream().map(String::valueOf).toList());
    }

    private static String marks(CallFacts facts) {
        List<String> marks = new ArrayList<>();
        for (Mark mark : Mark.values()) {
            if (facts.has(mark)) {
                marks.add(mark.text());
            }
        }
        return String.join(",", marks);
    }

    private static String readings(Readings readings) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < readings.gauges().size(); i++) {
            values.add(readings.gauges().get(i).text() + "=" + readings.valueAt(i));
        }
        return String.join(",", values);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
