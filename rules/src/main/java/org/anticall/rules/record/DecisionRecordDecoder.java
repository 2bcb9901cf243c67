package org.anticall.rules.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.LocalizedText;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.record.DecisionRecord.RawNumbers;

/** Reads one line, of any version that was ever written. What it allocates is bounded by the length of the line. */
final class DecisionRecordDecoder {

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(8)
                    .maxNumberLength(20)
                    .maxNameLength(100)
                    .maxStringLength(DecisionRecordCodec.MAX_BYTES)
                    .build())
            .build());

    private static final int MAX_ANSWER_WITHIN_MILLIS = 120_000;

    private final JsonFields root;

    DecisionRecordDecoder(byte[] json) throws MalformedRecordException {
        if (json.length > DecisionRecordCodec.MAX_BYTES) {
            throw new MalformedRecordException(
                    json.length + " bytes, expected at most " + DecisionRecordCodec.MAX_BYTES);
        }
        JsonNode node;
        try {
            node = JSON.readTree(json);
        } catch (IOException notJson) {
            throw new MalformedRecordException("not JSON: " + firstLine(notJson), notJson);
        }
        if (!node.isObject()) {
            throw new MalformedRecordException("found no JSON object");
        }
        this.root = new JsonFields("", node);
        long version = root.integer("v", 1);
        if (version < 1 || version > DecisionRecordCodec.VERSION) {
            throw new MalformedRecordException(
                    "field 'v' is " + version + ", expected 1 to " + DecisionRecordCodec.VERSION);
        }
    }

    DecisionRecord record() throws MalformedRecordException {
        return new DecisionRecord(
                root.text("id"),
                root.text("node"),
                instant("at"),
                root.text("source"),
                root.text("callId"),
                new FactsDecoder(root).facts(),
                new RawNumbers(raw("asserted"), raw("presented"), raw("callee"), raw("redirecting")),
                decision(),
                latency(),
                root.bytes("invite"));
    }

    private Latency latency() throws MalformedRecordException {
        long decideNanos = root.integer("decisionNanos");
        if (!root.has("latency")) {
            return Latency.ofDecision(decideNanos);
        }
        JsonFields latency = root.object("latency");
        return new Latency(
                latency.integer("readNanos", 0),
                latency.integer("countNanos", 0),
                decideNanos,
                latency.integer("roamingNanos", 0));
    }

    private Decision decision() throws MalformedRecordException {
        JsonFields reason = root.object("reason");
        return new Decision(
                verdict(root.object("verdict")),
                Names.parse(Decision.Basis.class, "basis", root.text("basis")),
                root.has("rule") ? root.text("rule") : null,
                new LocalizedText(reason.text("en"), reason.text("ru"), reason.text("kk")),
                root.integer("revision"),
                root.text("ruleSetHash"),
                root.texts("shadowHits"),
                (int) root.integer("score", 0),
                root.texts("scored"),
                root.texts("alerts"));
    }

    private static Verdict verdict(JsonFields node) throws MalformedRecordException {
        return switch (Names.parse(Verdict.Kind.class, "verdict.kind", node.text("kind"))) {
            case PASS -> new Verdict.Pass();
            case LABEL -> new Verdict.Label(node.text("label"));
            case WITHHOLD -> new Verdict.Withhold(node.text("label"));
            case REJECT -> new Verdict.Reject((int) node.integer("status"));
            case DIVERT -> divert(node);
        };
    }

    private static Verdict divert(JsonFields node) throws MalformedRecordException {
        List<Verdict.LadderStep> ladder = new ArrayList<>();
        for (String step : node.texts("ladder")) {
            ladder.add(Names.parse(Verdict.LadderStep.class, "verdict.ladder", step));
        }
        long millis = node.integer("answerWithinMillis");
        if (millis < 0 || millis > MAX_ANSWER_WITHIN_MILLIS) {
            throw new MalformedRecordException(
                    "field 'verdict.answerWithinMillis' is " + millis + ", expected 0 to " + MAX_ANSWER_WITHIN_MILLIS);
        }
        return new Verdict.Divert(Duration.ofMillis(millis), ladder, node.text("label"));
    }

    private String raw(String name) throws MalformedRecordException {
        return root.object(name).text("raw");
    }

    private Instant instant(String name) throws MalformedRecordException {
        String text = root.text(name);
        try {
            return Instant.parse(text);
        } catch (DateTimeException notAnInstant) {
            throw new MalformedRecordException(
                    "field '" + name + "' is '" + text + "', expected an instant like 2026-11-21T09:00:00Z",
                    notAnInstant);
        }
    }

    private static String firstLine(IOException notJson) {
        String message = String.valueOf(notJson.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
