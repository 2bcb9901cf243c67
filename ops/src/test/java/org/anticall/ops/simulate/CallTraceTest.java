package org.anticall.ops.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.anticall.ops.sip.agent.ArrivedCall;
import org.anticall.ops.sip.agent.CallOffer;
import org.anticall.ops.sip.agent.Manner;
import org.junit.jupiter.api.Test;

/** What is seen at the ends of a call decides what became of it. */
class CallTraceTest {

    private static final String CALLER = "sip:+74952345678@carrier.example;user=phone";
    private static final Manner ANSWERS = new Manner.Answers(Duration.ZERO, Duration.ZERO, "citizen");

    @Test
    void aCallThatArrivesAsSentHasPassed() {
        CallTrace trace = trace(Recipe.FOREIGN, ANSWERS);
        trace.arrived(seen("", CALLER, false));
        answeredAndEnded(trace, "citizen");

        assertEquals(Outcome.PASSED, trace.outcome());
        assertTrue(trace.isRight());
    }

    @Test
    void aMarkInTheDisplayNameIsALabel() {
        CallTrace trace = trace(Recipe.FOREIGN, ANSWERS);
        trace.arrived(seen("Fraud?", CALLER, false));
        answeredAndEnded(trace, "citizen");

        assertEquals(Outcome.LABELLED, trace.outcome());
        assertFalse(trace.isRight());
    }

    @Test
    void aNumberTakenAwayIsWithheld() {
        CallTrace trace = trace(Recipe.FOREIGN, ANSWERS);
        trace.arrived(seen("Anonymous", "sip:anonymous@anonymous.invalid", true));
        answeredAndEnded(trace, "citizen");

        assertEquals(Outcome.WITHHELD, trace.outcome());
    }

    @Test
    void anotherNumberThanTheSentOneIsAnAlteration() {
        CallTrace trace = trace(Recipe.FOREIGN, ANSWERS);
        trace.arrived(seen("", "sip:+74959999999@carrier.example;user=phone", false));
        answeredAndEnded(trace, "citizen");

        assertEquals(Outcome.ALTERED, trace.outcome());
        assertFalse(trace.isRight());
    }

    @Test
    void anInternalHeaderAtTheCalleeIsAnAlteration() {
        CallTrace trace = trace(Recipe.FOREIGN, ANSWERS);
        trace.arrived(new ArrivedCall(
                "id", "+77172251234", "", CALLER, CALLER, false, "call-0", List.of("From", "X-Anticall-Verdict")));
        answeredAndEnded(trace, "citizen");

        assertEquals(Outcome.ALTERED, trace.outcome());
    }

    @Test
    void aCallThatAVisitorAnswersAtTheConsoleIsAnswered() {
        CallTrace trace = trace(Recipe.ROTATING, ANSWERS);
        answeredAndEnded(trace, "-");

        assertEquals(Outcome.ANSWERED, trace.outcome());
        assertTrue(trace.isRight());
    }

    @Test
    void sixHundredAndThreeIsARejection() {
        CallTrace trace = trace(Recipe.SPOOFED_LANDLINE, ANSWERS);
        trace.declined(603);

        assertEquals(Outcome.REJECTED, trace.outcome());
        assertTrue(trace.isRight());
    }

    @Test
    void anotherRefusalOfACallThatNeverArrivedIsALoss() {
        CallTrace trace = trace(Recipe.SPOOFED_LANDLINE, ANSWERS);
        trace.declined(503);

        assertEquals(Outcome.LOST, trace.outcome());
    }

    @Test
    void anAnswerFromASeatIsADiversion() {
        CallTrace trace = trace(Recipe.ROTATING, ANSWERS);
        trace.rangAtDesk();
        answeredAndEnded(trace, "seat-101");

        assertEquals(Outcome.ANSWERED, trace.outcome());
        assertTrue(trace.isRight());
        assertTrue(trace.wasAtDesk());
    }

    @Test
    void aGoodCallThatASeatAnswersIsWrong() {
        CallTrace trace = trace(Recipe.FOREIGN, ANSWERS);
        trace.rangAtDesk();
        answeredAndEnded(trace, "seat-101");

        assertFalse(trace.isRight());
    }

    @Test
    void aMarkAfterTheDeskIsTheLadder() {
        CallTrace trace = trace(Recipe.ROTATING, ANSWERS);
        trace.arrived(seen("Fraud?", CALLER, false));
        answeredAndEnded(trace, "citizen");

        assertEquals(Outcome.LADDERED, trace.outcome());
        assertTrue(trace.isRight());
    }

    @Test
    void unchangedAfterASeatLetItGoIsARelease() {
        CallTrace trace = trace(Recipe.ROTATING, ANSWERS);
        trace.rangAtDesk();
        trace.released();
        trace.arrived(seen("", CALLER, false));
        answeredAndEnded(trace, "citizen");

        assertEquals(Outcome.RELEASED, trace.outcome());
        assertTrue(trace.isRight());
    }

    @Test
    void unchangedThoughNoSeatLetItGoIsWrong() {
        CallTrace trace = trace(Recipe.ROTATING, ANSWERS);
        trace.rangAtDesk();
        trace.arrived(seen("", CALLER, false));
        answeredAndEnded(trace, "citizen");

        assertEquals(Outcome.PASSED, trace.outcome());
        assertFalse(trace.isRight());
    }

    @Test
    void aForwardingNoticeThatReachesTheCallerIsWrong() {
        CallTrace trace = trace(Recipe.ROTATING, ANSWERS);
        trace.progress(181);
        trace.rangAtDesk();
        answeredAndEnded(trace, "seat-101");

        assertFalse(trace.isRight());
    }

    @Test
    void aBusyCalleeIsAProperEndOnlyWhereItWasMeant() {
        CallTrace meant = trace(Recipe.FOREIGN, new Manner.Refuses(Duration.ZERO, 486));
        meant.arrived(seen("", CALLER, false));
        meant.declined(486);
        CallTrace notMeant = trace(Recipe.FOREIGN, ANSWERS);
        notMeant.arrived(seen("", CALLER, false));
        notMeant.declined(486);

        assertEquals(Outcome.PASSED, meant.outcome());
        assertEquals(Outcome.LOST, notMeant.outcome());
    }

    @Test
    void aCallThatHasNotEndedIsLost() {
        CallTrace trace = trace(Recipe.FOREIGN, ANSWERS);
        trace.arrived(seen("", CALLER, false));
        trace.answered("citizen");

        assertEquals(Outcome.LOST, trace.outcome());
    }

    private static void answeredAndEnded(CallTrace trace, String session) {
        trace.answered(session);
        trace.ended();
    }

    private static CallTrace trace(Recipe recipe, Manner callee) {
        CallOffer offer = new CallOffer("id", "+77172251234", "", CALLER, CALLER, null, false, "call-0");
        return new CallTrace(new PlannedCall(0, recipe, offer, callee, Duration.ZERO, Duration.ZERO));
    }

    private static ArrivedCall seen(String displayName, String presented, boolean privacy) {
        return new ArrivedCall(
                "id", "+77172251234", displayName, presented, CALLER, privacy, "call-0", List.of("From", "To"));
    }
}
