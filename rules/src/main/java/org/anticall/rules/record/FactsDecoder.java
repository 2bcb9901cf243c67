package org.anticall.rules.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
import org.anticall.rules.number.E164;
import org.anticall.rules.number.PartyNumber;

/** Reads the facts of a record. */
final class FactsDecoder {

    private final JsonFields root;

    FactsDecoder(JsonFields root) {
        this.root = root;
    }

    CallFacts facts() throws MalformedRecordException {
        CallFacts.Builder facts = CallFacts.on(
                        root.text("trunk"),
                        Names.parse(TrunkClass.class, "trunkClass", root.text("trunkClass")),
                        root.integer("factsAtMillis"))
                .terms(terms())
                .asserted(number("asserted"))
                .secondAsserted(root.has("secondAsserted") ? number("secondAsserted") : PartyNumber.ABSENT)
                .remoteParty(root.has("remoteParty") ? number("remoteParty") : PartyNumber.ABSENT)
                .presented(number("presented"))
                .callee(number("callee"))
                .redirecting(number("redirecting"))
                .privacy(privacy())
                .verstat(root.word(Verstat.class, "verstat", Verstat.NONE))
                .attestation(root.word(Attestation.class, "attestation", Attestation.NONE))
                .passport(root.word(Passport.class, "passport", Passport.NONE))
                .fingerprint(fingerprint())
                .userAgent(root.word(UserAgentFamily.class, "userAgent", UserAgentFamily.ABSENT))
                .returning(root.truth("returning", false))
                .callerRoaming(roaming("callerRoaming"))
                .redirectingRoaming(roaming("redirectingRoaming"))
                .readings(readings());
        for (String mark : root.texts("marks")) {
            facts.mark(Names.parse(Mark.class, "marks", mark));
        }
        return facts.build();
    }

    /** Version 1 knew only whether the identity is to be withheld. */
    private Privacy privacy() throws MalformedRecordException {
        Privacy known = root.truth("privacy", false) ? Privacy.ID : Privacy.NONE;
        return root.word(Privacy.class, "privacyKind", known);
    }

    private long fingerprint() throws MalformedRecordException {
        String text = root.has("fingerprint") ? root.text("fingerprint") : "0";
        try {
            return Long.parseUnsignedLong(text, 16);
        } catch (NumberFormatException notHex) {
            throw new MalformedRecordException("field 'fingerprint' is '" + text + "', expected 16 hex digits", notHex);
        }
    }

    private TrunkTerms terms() throws MalformedRecordException {
        if (!root.has("terms")) {
            return TrunkTerms.NONE;
        }
        JsonFields terms = root.object("terms");
        List<Integer> origins = new ArrayList<>();
        for (JsonNode code : terms.items("origins")) {
            origins.add(code.asInt());
        }
        try {
            return new TrunkTerms(
                    CountryCodeSet.of(origins), terms.truth("hub", false), terms.truth("trombone", false));
        } catch (IllegalArgumentException noCode) {
            throw new MalformedRecordException("field 'terms.origins': " + noCode.getMessage(), noCode);
        }
    }

    private Readings readings() throws MalformedRecordException {
        if (!root.has("readings")) {
            return Readings.NONE;
        }
        List<Gauge> gauges = new ArrayList<>();
        int[] values = new int[0];
        for (Map.Entry<String, JsonNode> reading : root.object("readings").entries()) {
            try {
                gauges.add(Gauge.parse(reading.getKey()));
            } catch (IllegalArgumentException noGauge) {
                throw new MalformedRecordException("field 'readings' names " + noGauge.getMessage(), noGauge);
            }
            if (!reading.getValue().canConvertToInt() || !reading.getValue().isIntegralNumber()) {
                throw new MalformedRecordException("field 'readings." + reading.getKey() + "' is " + reading.getValue()
                        + ", expected a whole number");
            }
            values = Arrays.copyOf(values, gauges.size());
            values[values.length - 1] = reading.getValue().intValue();
        }
        return Readings.of(gauges.toArray(Gauge[]::new), values);
    }

    private RoamingAnswer roaming(String name) throws MalformedRecordException {
        JsonFields node = root.object(name);
        return new RoamingAnswer(
                Names.parse(RoamingAnswer.State.class, name + ".state", node.text("state")),
                node.text("country"),
                node.word(RoamingAnswer.Mode.class, "mode", RoamingAnswer.Mode.UNKNOWN));
    }

    private long number(String name) throws MalformedRecordException {
        JsonFields node = root.object(name);
        String digits = node.text("number");
        PartyNumber.Kind kind = Names.parse(PartyNumber.Kind.class, name + ".kind", node.text("kind"));
        PartyNumber.Form form = Names.parse(PartyNumber.Form.class, name + ".form", node.text("form"));
        return switch (kind) {
            case ABSENT -> PartyNumber.ABSENT;
            case ANONYMOUS -> PartyNumber.ANONYMOUS;
            case NOT_DIGITS -> PartyNumber.NOT_DIGITS;
            case TOO_LONG -> PartyNumber.TOO_LONG;
            case SHORT -> PartyNumber.shortCode(digits(name, digits, 6), digits.length());
            case TOO_SHORT -> {
                String bare = digits.startsWith("+") ? digits.substring(1) : digits;
                yield PartyNumber.tooShort(digits(name, bare, E164.MAX_DIGITS), bare.length());
            }
            case E164 -> {
                long e164 = E164.parse(digits);
                if (e164 == E164.NONE) {
                    throw new MalformedRecordException(
                            "field '" + name + ".number' is '" + digits + "', expected + and up to 15 digits");
                }
                yield PartyNumber.of(e164, form);
            }
        };
    }

    private static long digits(String name, String digits, int most) throws MalformedRecordException {
        boolean wellFormed =
                !digits.isEmpty() && digits.length() <= most && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!wellFormed) {
            throw new MalformedRecordException(
                    "field '" + name + ".number' is '" + digits + "', expected 1 to " + most + " digits");
        }
        return Long.parseLong(digits);
    }
}
