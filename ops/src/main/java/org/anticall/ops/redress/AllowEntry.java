package org.anticall.ops.redress;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.anticall.ops.order.Signature;
import org.jspecify.annotations.Nullable;

/**
 * A number that passes until its end, whatever rules say of it. Immutable; every step makes the next version.
 *
 * <pre>
 *   Proposed ──approve──► Allowed ──end──► Ended
 *      │                     └── its time is over: nobody has to do anything, gateways stop by themselves
 *      └──decline──► Declined
 * </pre>
 *
 * @param id number of the entry
 * @param version from 1, one more with every step
 * @param number {@code +447700900217}
 * @param until first instant at which it does not hold any more
 * @param reason why the number passes, for whoever asks later
 * @param origin where it comes from
 * @param record id of the record it goes back to, empty if there is none
 * @param rule rule that had caught the number, empty if none is known
 * @param appeal number of the appeal it was decided with, 0 if there was none
 * @param proposer who proposed it
 * @param state where it stands
 * @param decider who approved, declined or ended it last, null while it is proposed
 * @param why what the decider said
 */
public record AllowEntry(
        long id,
        long version,
        String number,
        Instant until,
        String reason,
        Origin origin,
        String record,
        String rule,
        long appeal,
        Signature proposer,
        State state,
        @Nullable Signature decider,
        String why) {

    /** How long an entry holds unless somebody says otherwise. */
    public static final Duration USUAL = Duration.ofDays(180);

    /** No entry holds longer. */
    public static final Duration LONGEST = Duration.ofDays(366);

    /** What an allowed number looks like. */
    public static final String NUMBER = "\\+[1-9][0-9]{6,14}";

    /** Where an entry comes from. */
    public enum Origin {
        /** An operator talked to the caller and found nothing wrong. */
        FALSE_POSITIVE,
        /** An appeal was decided for the caller. */
        APPEAL,
        /** Somebody of the centre wrote it. */
        OFFICE;

        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public static Optional<Origin> of(String text) {
            return Stream.of(values()).filter(each -> each.text().equals(text)).findFirst();
        }
    }

    /** Where an entry stands. */
    public enum State {
        PROPOSED,
        ALLOWED,
        DECLINED,
        ENDED;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<State> of(String text) {
            return Stream.of(values()).filter(each -> each.text().equals(text)).findFirst();
        }
    }

    /**
     * A proposal that another person has to approve.
     *
     * @throws RedressRefused if its end is over or more than {@link #LONGEST} away
     */
    public static AllowEntry proposed(
            long id,
            String number,
            Instant until,
            String reason,
            Origin origin,
            String record,
            String rule,
            Signature by) {
        inTime(until, by.at());
        return new AllowEntry(id, 1, number, until, reason, origin, record, rule, 0, by, State.PROPOSED, null, "");
    }

    /** The entry that a decided appeal makes: it holds at once, the appeal was decided by another person than took it. */
    static AllowEntry decided(long id, Appeal appeal, Instant until, Signature by, String why) {
        inTime(until, by.at());
        return new AllowEntry(
                id,
                1,
                appeal.number(),
                until,
                why,
                Origin.APPEAL,
                appeal.records().isEmpty() ? "" : appeal.records().get(0),
                "",
                appeal.id(),
                appeal.takenBy(),
                State.ALLOWED,
                by,
                why);
    }

    /** Lets it hold. Four eyes: by person, not by account. */
    public AllowEntry approve(Signature by, String why) {
        must(State.PROPOSED);
        another(by);
        inTime(until, by.at());
        return next(State.ALLOWED, by, why);
    }

    /** Turns the proposal down. */
    public AllowEntry decline(Signature by, String why) {
        must(State.PROPOSED);
        return next(State.DECLINED, by, why);
    }

    /** Ends it before its time. */
    public AllowEntry end(Signature by, String why) {
        must(State.ALLOWED);
        return next(State.ENDED, by, why);
    }

    /** Whether calls of the number pass at {@code now}. */
    public boolean holds(Instant now) {
        return state == State.ALLOWED && now.isBefore(until);
    }

    private void must(State expected) {
        if (state != expected) {
            throw new RedressRefused("state", "This cannot be done with an entry that is " + state.text() + ".");
        }
    }

    private void another(Signature by) {
        if (by.isBySame(proposer)) {
            throw new RedressRefused("own-entry", "Who proposed an entry cannot approve it; hand it to a colleague.");
        }
    }

    private static void inTime(Instant until, Instant now) {
        if (!now.isBefore(until) || until.isAfter(now.plus(LONGEST))) {
            throw new RedressRefused(
                    "allow-until",
                    "An entry ends after now and within " + LONGEST.toDays() + " days, not " + until + ".");
        }
    }

    private AllowEntry next(State other, Signature by, String said) {
        return new AllowEntry(
                id, version + 1, number, until, reason, origin, record, rule, appeal, proposer, other, by, said);
    }
}
