package org.anticall.rules.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.LocalizedText;
import org.anticall.rules.call.Passport;
import org.anticall.rules.call.Verdict;

/**
 * A {@link DecisionRecord} as one JSON object without line breaks, and back. Field names are a contract with other
 * programs. The time is kept to the microsecond; everything else comes back as it was. Facts that most calls do not have
 * are written only where they are there.
 *
 * <p>{@code v} is the lowest version of the form that can say all of the record. Version 1, which did not say so, lacks what
 * came later and is read as if nothing of that had been known; version 3 knows what Identity headers were found to be. A
 * version from the future is refused: evidence is not guessed at.
 */
public final class DecisionRecordCodec {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int USUAL_BYTES = 4096;

    /** Newest version of the form. */
    static final int VERSION = 3;

    private static final int WITHOUT_PASSPORT = 2;

    /** Longest record that is read, bytes: an INVITE of 64 KiB in base64 and all else. */
    public static final int MAX_BYTES = 256 * 1024;

    private DecisionRecordCodec() {}

    /** The record as UTF-8 JSON. */
    public static byte[] encode(DecisionRecord record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(USUAL_BYTES);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeNumberField("v", record.facts().passport() == Passport.NONE ? WITHOUT_PASSPORT : VERSION);
            json.writeStringField("id", record.id());
            json.writeStringField("node", record.node());
            json.writeStringField(
                    "at", record.at().truncatedTo(ChronoUnit.MICROS).toString());
            json.writeStringField("source", record.source());
            json.writeStringField("callId", record.callId());
            FactsWriter.write(json, record.facts(), record.raw());
            writeDecision(json, record.decision());
            json.writeNumberField("decisionNanos", record.decisionNanos());
            writeLatency(json, record.latency());
            json.writeBinaryField("invite", record.invite());
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory does not refuse bytes", impossible);
        }
        return out.toByteArray();
    }

    /**
     * The record in {@code json}, of at most {@value #MAX_BYTES} bytes. Fields it does not know are skipped.
     *
     * @throws MalformedRecordException naming the field that is missing or wrong
     */
    public static DecisionRecord decode(byte[] json) throws MalformedRecordException {
        return new DecisionRecordDecoder(json).record();
    }

    private static void writeLatency(JsonGenerator json, Latency latency) throws IOException {
        json.writeObjectFieldStart("latency");
        json.writeNumberField("readNanos", latency.readNanos());
        json.writeNumberField("countNanos", latency.countNanos());
        json.writeNumberField("roamingNanos", latency.roamingNanos());
        json.writeEndObject();
    }

    private static void writeDecision(JsonGenerator json, Decision decision) throws IOException {
        json.writeObjectFieldStart("verdict");
        json.writeStringField("kind", decision.verdict().kind().text());
        writeVerdict(json, decision.verdict());
        json.writeEndObject();
        json.writeStringField("basis", Names.of(decision.basis()));
        json.writeStringField("rule", decision.rule());
        LocalizedText reason = decision.reason();
        json.writeObjectFieldStart("reason");
        json.writeStringField("en", reason.en());
        json.writeStringField("ru", reason.ru());
        json.writeStringField("kk", reason.kk());
        json.writeEndObject();
        json.writeNumberField("revision", decision.revision());
        json.writeStringField("ruleSetHash", decision.ruleSetHash());
        writeIds(json, "shadowHits", decision.shadowHits());
        if (decision.score() != 0 || !decision.scored().isEmpty()) {
            json.writeNumberField("score", decision.score());
            writeIds(json, "scored", decision.scored());
        }
        if (!decision.alerts().isEmpty()) {
            writeIds(json, "alerts", decision.alerts());
        }
    }

    private static void writeIds(JsonGenerator json, String field, List<String> ids) throws IOException {
        json.writeArrayFieldStart(field);
        for (String id : ids) {
            json.writeString(id);
        }
        json.writeEndArray();
    }

    private static void writeVerdict(JsonGenerator json, Verdict verdict) throws IOException {
        if (verdict instanceof Verdict.Label label) {
            json.writeStringField("label", label.label());
        } else if (verdict instanceof Verdict.Withhold withhold) {
            json.writeStringField("label", withhold.label());
        } else if (verdict instanceof Verdict.Reject reject) {
            json.writeNumberField("status", reject.status());
        } else if (verdict instanceof Verdict.Divert divert) {
            json.writeNumberField("answerWithinMillis", divert.answerWithin().toMillis());
            json.writeArrayFieldStart("ladder");
            for (Verdict.LadderStep step : divert.ladder()) {
                json.writeString(Names.of(step));
            }
            json.writeEndArray();
            json.writeStringField("label", divert.label());
        }
    }
}
