package org.anticall.rules.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.anticall.rules.call.Attestation;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.CountryCodeSet;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.Decision.Basis;
import org.anticall.rules.call.Gauge;
import org.anticall.rules.call.LocalizedText;
import org.anticall.rules.call.Mark;
import org.anticall.rules.call.Measure;
import org.anticall.rules.call.Passport;
import org.anticall.rules.call.Privacy;
import org.anticall.rules.call.Readings;
import org.anticall.rules.call.RoamingAnswer;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.call.TrunkTerms;
import org.anticall.rules.call.UserAgentFamily;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.call.Verdict.LadderStep;
import org.anticall.rules.call.Verstat;
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

    @Test
    void everythingARuleMayLookAtComesBackAsItWas() throws MalformedRecordException {
        CallFacts facts = CallFacts.on("transit-a", TrunkClass.NATIONAL, 1_790_000_000_000L)
                .terms(new TrunkTerms(CountryCodeSet.of(List.of(7, 44, 999)), true, true))
                .asserted(PartyNumber.of(442079460123L, Form.INTERNATIONAL))
                .secondAsserted(PartyNumber.of(905321234567L, Form.BARE))
                .remoteParty(PartyNumber.shortCode(14, 4))
                .presented(PartyNumber.ANONYMOUS)
                .callee(PartyNumber.of(77172555555L, Form.NATIONAL))
                .redirecting(PartyNumber.TOO_LONG)
                .privacy(Privacy.HEADER)
                .verstat(Verstat.values()[1])
                .attestation(Attestation.C)
                .passport(Passport.BAD_INFO)
                .fingerprint(0xFEDC_BA98_7654_3210L)
                .userAgent(UserAgentFamily.SIM_GATEWAY)
                .marks(Mark.SECOND_ASSERTED.bit() | Mark.ODD_PACKET_TIME.bit())
                .returning(true)
                .callerRoaming(new RoamingAnswer(RoamingAnswer.State.ROAMING, "TR", RoamingAnswer.Mode.S8HR))
                .readings(Readings.of(
                        new Gauge[] {new Gauge(Measure.DISTINCT_CALLEES, 600, 0), new Gauge(Measure.STRANGERS, 0, 0)},
                        new int[] {25, Readings.UNKNOWN}))
                .build();
        Decision decision = new Decision(
                new Verdict.Pass(),
                Basis.SCORE,
                "V02",
                LocalizedText.of("why"),
                7,
                "ab12",
                List.of(),
                45,
                List.of("V02", "F01"),
                List.of("V15"));
        DecisionRecord record = new DecisionRecord(
                "0123456789ABCDEFGHJK",
                "gw-1",
                Instant.parse("2026-11-21T09:00:00Z"),
                "192.0.2.1:5060",
                "call-1",
                facts,
                new RawNumbers("", "", "", ""),
                decision,
                new Latency(1, 2, 3, 4),
                INVITE);

        assertSame(record, DecisionRecordCodec.decode(DecisionRecordCodec.encode(record)));
    }

    @Test
    void aRecordOfTheFirstVersionIsReadAsIfTheRestHadNotBeenKnown() throws MalformedRecordException {
        String first =
                """
                {"id":"0123456789ABCDEFGHJK","node":"gw-1","at":"2026-11-21T09:00:00.123456Z","source":"192.0.2.1:5060",\
                "callId":"c","factsAtMillis":1795251600123,"trunk":"transit-a","trunkClass":"international",\
                "asserted":{"kind":"absent","form":"none","number":"","raw":""},\
                "presented":{"kind":"e164","form":"international","number":"+77172700000","raw":"+77172700000"},\
                "callee":{"kind":"e164","form":"international","number":"+77172555555","raw":"+77172555555"},\
                "redirecting":{"kind":"absent","form":"none","number":"","raw":""},"privacy":true,\
                "callerRoaming":{"state":"not-asked","country":""},"redirectingRoaming":{"state":"not-asked","country":""},\
                "verdict":{"kind":"reject","status":603},"basis":"rule","rule":"D10",\
                "reason":{"en":"a","ru":"b","kk":"c"},"revision":1,"ruleSetHash":"ab","shadowHits":[],\
                "decisionNanos":1000,"invite":"SU5W"}
                """;

        DecisionRecord record = DecisionRecordCodec.decode(first.strip().getBytes(StandardCharsets.UTF_8));

        assertEquals(Privacy.ID, record.facts().privacy());
        assertEquals(Readings.NONE, record.facts().readings());
        assertEquals(Latency.ofDecision(1_000), record.latency());
        assertEquals(0, record.decision().score());
    }

    @Test
    void aVersionFromTheFutureIsNotGuessedAt() {
        String line = new String(
                DecisionRecordCodec.encode(record(new Verdict.Pass(), null, PartyNumber.ABSENT)),
                StandardCharsets.UTF_8);

        MalformedRecordException refused = assertThrows(
                MalformedRecordException.class,
                () -> DecisionRecordCodec.decode(
                        line.replace("\"v\":2", "\"v\":4").getBytes(StandardCharsets.UTF_8)));

        assertEquals("field 'v' is 4, expected 1 to 3", refused.getMessage());
    }

    @Test
    void aRecordIsAsLongAsTheLimitAndNoLonger() throws MalformedRecordException {
        byte[] line = DecisionRecordCodec.encode(record(new Verdict.Pass(), null, PartyNumber.ABSENT));
        byte[] longest = Arrays.copyOf(line, DecisionRecordCodec.MAX_BYTES);
        Arrays.fill(longest, line.length, longest.length, (byte) ' ');

        DecisionRecordCodec.decode(Arrays.copyOf(longest, longest.length - 1));
        DecisionRecordCodec.decode(longest);
        assertThrows(
                MalformedRecordException.class,
                () -> DecisionRecordCodec.decode(Arrays.copyOf(longest, longest.length + 1)));
    }

    @Test
    void whateverIsCutOrBentIsRefusedAsAValue() {
        byte[] line = DecisionRecordCodec.encode(
                record(new Verdict.Reject(603), "D10", PartyNumber.of(77172700000L, Form.NATIONAL)));
        Random random = new Random(5);
        int refused = 0;
        for (int i = 0; i < 3_000; i++) {
            byte[] bent = i % 2 == 0 ? Arrays.copyOf(line, random.nextInt(line.length)) : line.clone();
            if (i % 2 == 1) {
                bent[random.nextInt(bent.length)] = (byte) random.nextInt(256);
            }
            try {
                DecisionRecordCodec.decode(bent);
            } catch (MalformedRecordException expected) {
                refused++;
            }
        }
        assertTrue(refused > 1_500, "refused " + refused);
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
        assertEquals(expected.latency(), actual.latency());
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
