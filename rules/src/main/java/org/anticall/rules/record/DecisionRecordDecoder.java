package org.anticall.rules.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.LocalizedText;
import org.anticall.rules.call.Privacy;
import org.anticall.rules.call.RoamingAnswer;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.number.E164;
import org.anticall.rules.number.PartyNumber;
import org.anticall.rules.record.DecisionRecord.RawNumbers;

/** Reads one line. */
final class DecisionRecordDecoder {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode root;

    DecisionRecordDecoder(byte[] json) throws MalformedRecordException {
        try {
            this.root = JSON.readTree(json);
        } catch (IOException notJson) {
            throw new MalformedRecordException("not JSON: " + firstLine(notJson), notJson);
        }
        if (!root.isObject()) {
            throw new MalformedRecordException("found no JSON object");
        }
    }

    DecisionRecord record() throws MalformedRecordException {
        return new DecisionRecord(
                text(root, "id"),
                text(root, "node"),
                instant("at"),
                text(root, "source"),
                text(root, "callId"),
                facts(),
                new RawNumbers(raw("asserted"), raw("presented"), raw("callee"), raw("redirecting")),
                decision(),
                integer(root, "decisionNanos"),
                invite());
    }

    private CallFacts facts() throws MalformedRecordException {
        return CallFacts.on(
                        text(root, "trunk"),
                        Names.parse(TrunkClass.class, "trunkClass", text(root, "trunkClass")),
                        integer(root, "factsAtMillis"))
                .asserted(number("asserted"))
                .presented(number("presented"))
                .callee(number("callee"))
                .redirecting(number("redirecting"))
                .privacy(field(root, "privacy").booleanValue() ? Privacy.ID : Privacy.NONE)
                .callerRoaming(roaming("callerRoaming"))
                .redirectingRoaming(roaming("redirectingRoaming"))
                .build();
    }

    private Decision decision() throws MalformedRecordException {
        JsonNode reason = field(root, "reason");
        JsonNode rule = root.get("rule");
        List<String> shadowHits = new ArrayList<>();
        field(root, "shadowHits").forEach(hit -> shadowHits.add(hit.asText()));
        return new Decision(
                verdict(field(root, "verdict")),
                Names.parse(Decision.Basis.class, "basis", text(root, "basis")),
                rule == null || rule.isNull() ? null : rule.asText(),
                new LocalizedText(text(reason, "en"), text(reason, "ru"), text(reason, "kk")),
                integer(root, "revision"),
                text(root, "ruleSetHash"),
                shadowHits);
    }

    private static Verdict verdict(JsonNode node) throws MalformedRecordException {
        return switch (Names.parse(Verdict.Kind.class, "verdict.kind", text(node, "kind"))) {
            case PASS -> new Verdict.Pass();
            case LABEL -> new Verdict.Label(text(node, "label"));
            case WITHHOLD -> new Verdict.Withhold(text(node, "label"));
            case REJECT -> new Verdict.Reject((int) integer(node, "status"));
            case DIVERT -> divert(node);
        };
    }

    private static Verdict divert(JsonNode node) throws MalformedRecordException {
        List<Verdict.LadderStep> ladder = new ArrayList<>();
        for (JsonNode step : field(node, "ladder")) {
            ladder.add(Names.parse(Verdict.LadderStep.class, "verdict.ladder", step.asText()));
        }
        return new Verdict.Divert(Duration.ofMillis(integer(node, "answerWithinMillis")), ladder, text(node, "label"));
    }

    private RoamingAnswer roaming(String name) throws MalformedRecordException {
        JsonNode node = field(root, name);
        return new RoamingAnswer(
                Names.parse(RoamingAnswer.State.class, name + ".state", text(node, "state")), text(node, "country"));
    }

    private long number(String name) throws MalformedRecordException {
        JsonNode node = field(root, name);
        String digits = text(node, "number");
        PartyNumber.Kind kind = Names.parse(PartyNumber.Kind.class, name + ".kind", text(node, "kind"));
        PartyNumber.Form form = Names.parse(PartyNumber.Form.class, name + ".form", text(node, "form"));
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

    private String raw(String name) throws MalformedRecordException {
        return text(field(root, name), "raw");
    }

    private Instant instant(String name) throws MalformedRecordException {
        String text = text(root, name);
        try {
            return Instant.parse(text);
        } catch (DateTimeException notAnInstant) {
            throw new MalformedRecordException(
                    "field '" + name + "' is '" + text + "', expected an instant like 2026-11-21T09:00:00Z",
                    notAnInstant);
        }
    }

    private byte[] invite() throws MalformedRecordException {
        try {
            return field(root, "invite").binaryValue();
        } catch (IOException notBase64) {
            throw new MalformedRecordException("field 'invite' is not base64", notBase64);
        }
    }

    private static long integer(JsonNode node, String name) throws MalformedRecordException {
        JsonNode field = field(node, name);
        if (!field.isIntegralNumber()) {
            throw new MalformedRecordException("field '" + name + "' is " + field + ", expected a whole number");
        }
        return field.longValue();
    }

    private static String text(JsonNode node, String name) throws MalformedRecordException {
        JsonNode field = field(node, name);
        if (!field.isTextual()) {
            throw new MalformedRecordException("field '" + name + "' is " + field + ", expected a text");
        }
        return field.textValue();
    }

    private static JsonNode field(JsonNode node, String name) throws MalformedRecordException {
        JsonNode field = node.get(name);
        if (field == null || field.isNull()) {
            throw new MalformedRecordException("field '" + name + "' is missing");
        }
        return field;
    }

    private static String firstLine(IOException notJson) {
        String message = String.valueOf(notJson.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
