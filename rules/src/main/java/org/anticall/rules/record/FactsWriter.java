package org.anticall.rules.record;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.HexFormat;
import org.anticall.rules.call.Attestation;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Mark;
import org.anticall.rules.call.Passport;
import org.anticall.rules.call.Readings;
import org.anticall.rules.call.RoamingAnswer;
import org.anticall.rules.call.TrunkTerms;
import org.anticall.rules.call.UserAgentFamily;
import org.anticall.rules.call.Verstat;
import org.anticall.rules.number.PartyNumber;
import org.anticall.rules.record.DecisionRecord.RawNumbers;

/** Writes the facts of a call as fields of its record. {@link FactsDecoder} reads them. */
final class FactsWriter {

    private FactsWriter() {}

    static void write(JsonGenerator json, CallFacts facts, RawNumbers raw) throws IOException {
        json.writeNumberField("factsAtMillis", facts.atEpochMillis());
        json.writeStringField("trunk", facts.trunk());
        json.writeStringField("trunkClass", Names.of(facts.trunkClass()));
        writeNumber(json, "asserted", facts.asserted(), raw.asserted());
        writeNumber(json, "presented", facts.presented(), raw.presented());
        writeNumber(json, "callee", facts.callee(), raw.callee());
        writeNumber(json, "redirecting", facts.redirecting(), raw.redirecting());
        json.writeBooleanField("privacy", facts.privacyRequested());
        json.writeStringField("privacyKind", Names.of(facts.privacy()));
        writeRoaming(json, "callerRoaming", facts.callerRoaming());
        writeRoaming(json, "redirectingRoaming", facts.redirectingRoaming());
        writeRare(json, facts);
        writeTerms(json, facts.terms());
        writeReadings(json, facts.readings());
    }

    /** What few calls have. */
    private static void writeRare(JsonGenerator json, CallFacts facts) throws IOException {
        if (facts.secondAsserted() != PartyNumber.ABSENT) {
            writeNumber(json, "secondAsserted", facts.secondAsserted(), "");
        }
        if (facts.remoteParty() != PartyNumber.ABSENT) {
            writeNumber(json, "remoteParty", facts.remoteParty(), "");
        }
        if (facts.verstat() != Verstat.NONE) {
            json.writeStringField("verstat", Names.of(facts.verstat()));
        }
        if (facts.attestation() != Attestation.NONE) {
            json.writeStringField("attestation", Names.of(facts.attestation()));
        }
        if (facts.passport() != Passport.NONE) {
            json.writeStringField("passport", Names.of(facts.passport()));
        }
        if (facts.fingerprint() != 0) {
            json.writeStringField("fingerprint", HexFormat.of().toHexDigits(facts.fingerprint()));
        }
        if (facts.userAgent() != UserAgentFamily.ABSENT) {
            json.writeStringField("userAgent", Names.of(facts.userAgent()));
        }
        if (facts.marks() != Mark.NONE) {
            json.writeArrayFieldStart("marks");
            for (Mark mark : Mark.values()) {
                if (facts.has(mark)) {
                    json.writeString(mark.text());
                }
            }
            json.writeEndArray();
        }
        if (facts.returning()) {
            json.writeBooleanField("returning", true);
        }
    }

    private static void writeTerms(JsonGenerator json, TrunkTerms terms) throws IOException {
        if (terms.equals(TrunkTerms.NONE)) {
            return;
        }
        json.writeObjectFieldStart("terms");
        json.writeArrayFieldStart("origins");
        for (int code : terms.origins().codes()) {
            json.writeNumber(code);
        }
        json.writeEndArray();
        json.writeBooleanField("hub", terms.hub());
        json.writeBooleanField("trombone", terms.trombone());
        json.writeEndObject();
    }

    private static void writeReadings(JsonGenerator json, Readings readings) throws IOException {
        int gauges = readings.gauges().size();
        if (gauges == 0) {
            return;
        }
        json.writeObjectFieldStart("readings");
        for (int i = 0; i < gauges; i++) {
            json.writeNumberField(readings.gauges().get(i).text(), readings.valueAt(i));
        }
        json.writeEndObject();
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
        if (answer.mode() != RoamingAnswer.Mode.UNKNOWN) {
            json.writeStringField("mode", Names.of(answer.mode()));
        }
        json.writeEndObject();
    }
}
