package org.anticall.rules.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.Decision.Basis;
import org.anticall.rules.call.LocalizedText;
import org.anticall.rules.call.Privacy;
import org.anticall.rules.call.RoamingAnswer;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.call.Verdict.LadderStep;
import org.anticall.rules.number.PartyNumber;
import org.anticall.rules.number.PartyNumber.Form;
import org.anticall.rules.record.DecisionRecord.RawNumbers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionRecordCodecTest {

    private static final byte[] INVITE = {'I', 'N', 'V', 0, (byte) 0xFF, '\r', '\n', '"'};

    static Stream<Verdict> verdicts() {
        return Stream.of(
                new Verdict.Pass(),
                new Verdict.Label("⚠ Мошенник?"),
                new Verdict.Withhold(""),
                new Verdict.Reject(603),
                new Verdict.Divert(
                        Duration.ofSeconds(15), List.of(LadderStep.PASS_WITH_LABEL, LadderStep.REJECT), "?"));
    }

    @ParameterizedTest
    @MethodSource("verdicts")
    void everyVerdictComesBackAsItWas(Verdict verdict) throws MalformedRecordException {
        DecisionRecord record = record(verdict, "D20", PartyNumber.of(442079460123L, Form.INTERNATIONAL));

        assertSame(record, DecisionRecordCodec.decode(DecisionRecordCodec.encode(record)));
    }

    static Stream<Long> numbers() {
        return Stream.of(
                PartyNumber.ABSENT,
                PartyNumber.ANONYMOUS,
                PartyNumber.NOT_DIGITS,
                PartyNumber.TOO_LONG,
                PartyNumber.of(1_000_000L, Form.BARE),
                PartyNumber.of(999_999_999_999_999L, Form.NATIONAL),
                PartyNumber.shortCode(14, 4),
                PartyNumber.shortCode(0, 6),
                PartyNumber.tooShort(77011, 5),
                PartyNumber.tooShort(123, 15));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void everyKindOfNumberComesBackAsItWas(long number) throws MalformedRecordException {
        DecisionRecord record = record(new Verdict.Pass(), null, number);

        assertSame(record, DecisionRecordCodec.decode(DecisionRecordCodec.encode(record)));
    }

    @Test
    void aRecordIsOneLineWithTheNamesOthersRelyOn() {
        String line = new String(
                DecisionRecordCodec.encode(
                        record(new Verdict.Reject(603), "D10", PartyNumber.of(77172700000L, Form.NATIONAL))),
                StandardCharsets.UTF_8);

        assertFalse(line.contains("\n"), line);
        assertTrue(line.contains("\"at\":\"2026-11-21T09:00:00.123456Z\""), line);
        assertTrue(
                line.contains("\"asserted\":{\"kind\":\"e164\",\"form\":\"national\",\"number\":\"+77172700000\","
                        + "\"raw\":\"8 7172 \\\"70\\\"\"}"),
                line);
        assertTrue(line.contains("\"verdict\":{\"kind\":\"reject\",\"status\":603}"), line);
        assertTrue(line.contains("\"rule\":\"D10\""), line);
        assertTrue(line.contains("\"callerRoaming\":{\"state\":\"roaming\",\"country\":\"TR\"}"), line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"id\":7}", "nonsense", "{\"id\":\"a\",\"node\":\"n\",\"at\":\"noon\"}"})
    void whatIsNoRecordIsRefusedWithAReason(String line) {
        MalformedRecordException refused = assertThrows(
                MalformedRecordException.class,
                () -> DecisionRecordCodec.decode(line.getBytes(StandardCharsets.UTF_8)));

        assertFalse(refused.getMessage().isBlank());
    }

    private static void assertSame(DecisionRecord expected, DecisionRecord actual) {
        assertEquals(expected.id(), actual.id());
        assertEquals(expected.node(), actual.node());
        assertEquals(expected.at(), actual.at());
        assertEquals(expected.source(), actual.source());
        assertEquals(expected.callId(), actual.callId());
        assertEquals(expected.facts(), actual.facts());
        assertEquals(expected.raw(), actual.raw());
        assertEquals(expected.decision(), actual.decision());
        assertEquals(expected.decisionNanos(), actual.decisionNanos());
        assertArrayEquals(expected.invite(), actual.invite());
    }

    private static DecisionRecord record(Verdict verdict, String rule, long asserted) {
        Instant at = Instant.parse("2026-11-21T09:00:00.123456Z");
        CallFacts facts = CallFacts.on("transit-a", TrunkClass.INTERNATIONAL, at.toEpochMilli())
                .asserted(asserted)
                .presented(PartyNumber.ANONYMOUS)
                .callee(PartyNumber.of(77172555555L, Form.INTERNATIONAL))
                .privacy(Privacy.ID)
                .callerRoaming(RoamingAnswer.roaming("TR"))
                .build();
        Decision decision = new Decision(
                verdict,
                rule == null ? Basis.NO_RULE : Basis.RULE,
                rule,
                new LocalizedText("why", "почему", "неге"),
                7,
                "ab12",
                List.of("S1", "S2"));
        return new DecisionRecord(
                "0123456789ABCDEFGHJK",
                "gw-1",
                at,
                "192.0.2.1:5060",
                "call-1@192.0.2.1",
                facts,
                new RawNumbers("8 7172 \"70\"", "anonymous", "+77172555555", ""),
                decision,
                4_321,
                INVITE);
    }
}
