package org.anticall.ops.redress;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.anticall.ops.order.Signature;
import org.jspecify.annotations.Nullable;

/**
 * An appeal of somebody whose calls were kept away, or of a citizen who misses them. Immutable; every step makes the next
 * version.
 *
 * <pre>
 *   Open ──answer──► Answered ──decide──► Upheld | Refused
 *     └──────────────decide──────────────────┘        (a decision is an answer too)
 *   Open, Answered ──withdraw──► Withdrawn
 * </pre>
 *
 * @param id number of the ticket
 * @param version from 1, one more with every step
 * @param appellant who appeals
 * @param name what the person is called
 * @param contact where the answer goes
 * @param number the caller's number that the appeal is about, {@code +447700900217}
 * @param text what happened, in the person's words
 * @param records ids of the records concerned, newest first
 * @param takenBy who took it, and when the clocks began
 * @param answerDue until when the first answer is due
 * @param decisionDue until when the decision is due
 * @param state where it stands
 * @param answer the first answer, null before
 * @param decision the decision, null before
 */
public record Appeal(
        long id,
        long version,
        Appellant appellant,
        String name,
        String contact,
        String number,
        String text,
        List<String> records,
        Signature takenBy,
        Instant answerDue,
        Instant decisionDue,
        State state,
        @Nullable Said answer,
        @Nullable Said decision) {

    /** Within this time the person hears something. */
    public static final Duration FIRST_ANSWER = Duration.ofHours(24);

    /** Within so many working days it is decided. */
    public static final int DECISION_DAYS = 2;

    public Appeal {
        records = List.copyOf(records);
    }

    /** Who appeals. */
    public enum Appellant {
        /** The number's owner, whose calls do not arrive. */
        CALLER,
        /** A citizen who waits for these calls. */
        CITIZEN;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Appellant> of(String text) {
            return Stream.of(values()).filter(each -> each.text().equals(text)).findFirst();
        }
    }

    /** Where an appeal stands. */
    public enum State {
        OPEN,
        ANSWERED,
        /** The number is free. */
        UPHELD,
        REFUSED,
        WITHDRAWN;

        public boolean isOpen() {
            return this == OPEN || this == ANSWERED;
        }

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<State> of(String text) {
            return Stream.of(values()).filter(each -> each.text().equals(text)).findFirst();
        }
    }

    /** What somebody of the centre said, and when. */
    public record Said(Signature by, String text) {}

    /** What a person who appeals tells. */
    public record Telling(
            Appellant appellant, String name, String contact, String number, String text, List<String> records) {
        public Telling {
            records = List.copyOf(records);
        }
    }

    /** A new ticket; its clocks begin now. */
    public static Appeal taken(long id, Telling telling, Signature by, WorkingTime time) {
        return new Appeal(
                id,
                1,
                telling.appellant(),
                telling.name(),
                telling.contact(),
                telling.number(),
                telling.text(),
                telling.records(),
                by,
                by.at().plus(FIRST_ANSWER),
                time.after(by.at(), DECISION_DAYS),
                State.OPEN,
                null,
                null);
    }

    /** The first answer; more of them are part of the correspondence, which is kept elsewhere. */
    public Appeal answer(Signature by, String said) {
        if (state != State.OPEN) {
            throw wrongState();
        }
        return next(State.ANSWERED, new Said(by, said), null);
    }

    /**
     * What a decision makes of an appeal.
     *
     * @param freed the entry that lets the number pass, null if the appeal is refused
     */
    public record Decided(Appeal appeal, @Nullable AllowEntry freed) {}

    /**
     * Decides for the person: the number passes until {@code until}.
     *
     * @param entryId number of the allow entry that this makes
     * @throws RedressRefused if it is over or this person took it
     */
    public Decided uphold(long entryId, Signature by, String why, Instant until) {
        Appeal decided = decide(State.UPHELD, by, why);
        return new Decided(decided, AllowEntry.decided(entryId, decided, until, by, why));
    }

    /** Decides against the person. */
    public Decided refuse(Signature by, String why) {
        return new Decided(decide(State.REFUSED, by, why), null);
    }

    /** The person does not want it any more. */
    public Appeal withdraw(Signature by, String why) {
        open();
        return next(State.WITHDRAWN, answer, new Said(by, why));
    }

    /** Whether the person waits longer for the first answer than allowed. */
    public boolean isAnswerLate(Instant now) {
        return state == State.OPEN && now.isAfter(answerDue);
    }

    /** Whether the person waits longer for the decision than allowed. */
    public boolean isDecisionLate(Instant now) {
        return state.isOpen() && now.isAfter(decisionDue);
    }

    private Appeal decide(State decided, Signature by, String why) {
        open();
        if (by.isBySame(takenBy)) {
            throw new RedressRefused("own-appeal", "Who took an appeal cannot decide it; hand it to a colleague.");
        }
        Said said = new Said(by, why);
        return next(decided, answer == null ? said : answer, said);
    }

    private void open() {
        if (!state.isOpen()) {
            throw wrongState();
        }
    }

    private RedressRefused wrongState() {
        return new RedressRefused("state", "This cannot be done with an appeal that is " + state.text() + ".");
    }

    private Appeal next(State other, @Nullable Said answered, @Nullable Said decided) {
        return new Appeal(
                id,
                version + 1,
                appellant,
                name,
                contact,
                number,
                text,
                records,
                takenBy,
                answerDue,
                decisionDue,
                other,
                answered,
                decided);
    }
}
