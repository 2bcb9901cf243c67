package org.anticall.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.Mark;
import org.anticall.rules.call.Privacy;
import org.anticall.rules.call.RoamingAnswer;
import org.anticall.rules.call.RoamingQuery;
import org.anticall.rules.call.Screening;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.call.UserAgentFamily;
import org.anticall.rules.number.PartyNumber;
import org.anticall.rules.record.DecisionRecord;
import org.anticall.rules.record.DecisionRecordCodec;
import org.anticall.rules.record.MalformedRecordException;
import org.junit.jupiter.api.Test;

class ReplayTest {

    private static final Instant AT = Instant.parse("2026-11-21T09:00:00Z");
    private static final RuleBook KZ = reference("KZ");
    private static final RuleBook BY = reference("BY");

    @Property(tries = 500)
    void whatWasRecordedIsJudgedTheSameAgain(
            @ForAll("calls") CallFacts call, @ForAll("answers") RoamingAnswer answer, @ForAll boolean kz)
            throws MalformedRecordException {
        RuleBook book = kz ? KZ : BY;
        CallFacts facts = book.observe(call);
        Screening screening = book.decide(facts);
        while (screening instanceof RoamingQuery query) {
            facts = query.answer(facts, answer);
            screening = book.decide(facts);
        }
        byte[] line = DecisionRecordCodec.encode(record(facts, (Decision) screening));
        // What the counters learn later must not matter.
        book.observe(call);

        Replay replay = Replay.of(reference(kz ? "KZ" : "BY"), DecisionRecordCodec.decode(line));

        assertEquals(List.of(), replay.differences());
        assertEquals(screening, replay.screening());
    }

    @Test
    void aDifferenceIsNamedByItsField() {
        CallFacts facts = CallFacts.on("transit-a", TrunkClass.INTERNATIONAL, AT.toEpochMilli())
                .presented(KZ.numbers().caller("+77172700000"))
                .callee(KZ.numbers().callee("+77172555555"))
                .build();
        Decision decision = (Decision) KZ.decide(facts);
        RuleBook other = RuleBook.forHome("KZ");
        other.activate(
                RuleSource.text(
                        "other",
                        """
                        home: KZ
                        rules:
                          - {id: ALL, title: Everybody, priority: 1, when: {}, then: {label: x}}
                        """));

        Replay replay = Replay.of(other, record(facts, decision));

        assertFalse(replay.isSame());
        assertTrue(replay.judged());
        assertEquals(
                List.of("verdict", "rule", "reason", "ruleSetHash"),
                replay.differences().stream()
                        .map(Replay.Difference::field)
                        .filter(field -> List.of("verdict", "rule", "reason", "ruleSetHash")
                                .contains(field))
                        .toList());
    }

    @Test
    void aQuestionThatWasNeverAskedIsADifference() {
        CallFacts facts = CallFacts.on("transit-a", TrunkClass.INTERNATIONAL, AT.toEpochMilli())
                .asserted(KZ.numbers().caller("+77011234567"))
                .callee(KZ.numbers().callee("+77172555555"))
                .build();
        Decision decision = (Decision) KZ.decide(facts.withCallerRoaming(RoamingAnswer.HOME));

        Replay replay = Replay.of(KZ, record(facts, decision));

        assertEquals(
                List.of(new Replay.Difference("callerRoaming", "NOT_ASKED", "asked for +77011234567")),
                replay.differences());
    }

    @Test
    void aCallThatNoRuleJudgedIsToldApart() {
        CallFacts facts = CallFacts.on("t", TrunkClass.INTERNATIONAL, 0).build();

        assertFalse(Replay.of(KZ, record(facts, Decision.unjudged(Decision.Basis.BYPASS, "bypass", 1, "ab")))
                .judged());
        assertFalse(Replay.of(KZ, record(facts, Decision.unjudged(Decision.Basis.NO_RULE, "gave up", 0, "")))
                .judged());
    }

    @Provide
    Arbitrary<CallFacts> calls() {
        Arbitrary<String> number = Arbitraries.of(
                "+77172700000",
                "+77011234567",
                "+76001234567",
                "+375171234567",
                "+375291234567",
                "+442079460123",
                "+905321234567",
                "+99912345678",
                "+74951234567",
                "1414",
                "MICROSOFT",
                "anonymous",
                "");
        return Combinators.combine(
                        number,
                        number,
                        Arbitraries.of("+77172555555", "+375171112233", "112", "+77011112233"),
                        number,
                        Arbitraries.of(TrunkClass.class),
                        Arbitraries.of(Privacy.class),
                        Arbitraries.of(UserAgentFamily.class),
                        Arbitraries.of(Mark.class).set().ofMaxSize(3))
                .as((asserted, presented, callee, redirecting, trunk, privacy, agent, marks) -> {
                    CallFacts.Builder facts = CallFacts.on("transit-a", trunk, AT.toEpochMilli())
                            .asserted(party(asserted))
                            .presented(party(presented))
                            .callee(KZ.numbers().callee(callee))
                            .redirecting(party(redirecting))
                            .privacy(privacy)
                            .userAgent(agent);
                    marks.forEach(facts::mark);
                    return facts.build();
                });
    }

    @Provide
    Arbitrary<RoamingAnswer> answers() {
        return Arbitraries.of(
                RoamingAnswer.HOME,
                RoamingAnswer.UNKNOWN,
                RoamingAnswer.TIMEOUT,
                RoamingAnswer.UNALLOCATED,
                RoamingAnswer.roaming("TR"),
                new RoamingAnswer(RoamingAnswer.State.ROAMING, "TR", RoamingAnswer.Mode.S8HR));
    }

    private static long party(String user) {
        return user.isEmpty() ? PartyNumber.ABSENT : KZ.numbers().caller(user);
    }

    private static RuleBook reference(String home) {
        RuleBook book = RuleBook.forHome(home);
        if (book.activate(RuleSource.reference(home)) instanceof Activation.Rejected rejected) {
            throw new AssertionError(rejected);
        }
        return book;
    }

    private static DecisionRecord record(CallFacts facts, Decision decision) {
        return new DecisionRecord(
                "0123456789ABCDEFGHJK",
                "gw-1",
                AT,
                "192.0.2.1:5060",
                "call-1",
                facts,
                new DecisionRecord.RawNumbers("", "", "", ""),
                decision,
                0,
                new byte[0]);
    }
}
