package org.anticall.rules.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.LocalizedText;
import org.anticall.rules.call.RoamingAnswer;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.number.PartyNumber;
import org.anticall.rules.record.DecisionRecord.RawNumbers;

/**
 * A {@link DecisionRecord} as one JSON object without line breaks, and back. Field names are a contract with other
 * programs. The time is kept to the microsecond; everything else comes back as it was.
 */
public final class DecisionRecordCodec {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int USUAL_BYTES = 4096;

    private DecisionRecordCodec() {}

    /** The record as UTF-8 JSON. */
    public static byte[] encode(DecisionRecord record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(USUAL_BYTES);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("id", record.id());
            json.writeStringField("node", record.node());
            json.writeStringField(
                    "at", record.at().truncatedTo(ChronoUnit.MICROS).toString());
            json.writeStringField("source", record.source());
            json.writeStringField("callId", record.callId());
            writeFacts(json, record.facts(), record.raw());
            writeDecision(json, record.decision());
            json.writeNumberField("decisionNanos", record.decisionNanos());
            json.writeBinaryField("invite", record.invite());
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory does not refuse bytes", impossible);
        }
        return out.toByteArray();
    }

    /**
     * The record in {@code json}. Fields it does not know are skipped.
     *
     * @throws MalformedRecordException naming the field that is missing or wrong
     */
    public static DecisionRecord decode(byte[] json) throws MalformedRecordException {
        return new DecisionRecordDecoder(json).record();
    }

    private static void writeFacts(JsonGenerator json, CallFacts facts, RawNumbers raw) throws IOException {
        json.writeNumberField("factsAtMillis", facts.atEpochMillis());
        json.writeStringField("trunk", facts.trunk());
        json.writeStringField("trunkClass", Names.of(facts.trunkClass()));
        writeNumber(json, "asserted", facts.asserted(), raw.asserted());
        writeNumber(json, "presented", facts.presented(), raw.presented());
        writeNumber(json, "callee", facts.callee(), raw.callee());
        writeNumber(json, "redirecting", facts.redirecting(), raw.redirecting());
        json.writeBooleanField("privacy", facts.privacyRequested());
        writeRoaming(json, "callerRoaming", facts.callerRoaming());
        writeRoaming(json, "redirectingRoaming", facts.redirectingRoaming());
    }

    private static void writeNumber(JsonGenerator json, String field, long number, String raw) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("kind", Names.of(PartyNumber.kind(number)));
        json.writeStringField("form", Names.of(PartyNumber.form(number)));
        json.writeStringField("number", PartyNumber.digits(number) == 0 ? "" : PartyNumber.format(number));
        json.writeStringField("raw", raw);
        json.writeEndObject();
    }

    private static void writeRoaming(JsonGenerator json, String field, RoamingAnswer answer) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("state", Names.of(answer.state()));
        json.writeStringField("country", answer.country());
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
        json.writeArrayFieldStart("shadowHits");
        for (String hit : decision.shadowHits()) {
            json.writeString(hit);
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
