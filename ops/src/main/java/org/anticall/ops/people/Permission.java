package org.anticall.ops.people;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** One thing that may be done or seen. A role is a set of them; a token for programs has some of its account's. */
public enum Permission {
    /** The board of diverted calls and seats. */
    SEE_CALLS,
    /** Let a waiting call go on to its callee. */
    RELEASE_CALLS,
    /** Be a seat: take calls at the console, write about them. */
    ANSWER_CALLS,
    /** Run the shift: listen, pause seats, end calls. */
    SUPERVISE_CALLS,
    /** What was said in recorded calls. */
    HEAR_RECORDINGS,
    /** The masked receipt of a call. */
    SEE_RECEIPTS,
    /** A subscriber's number in full. */
    SEE_NUMBERS,
    /** Orders, their history, revisions and what they would hit. */
    SEE_ORDERS,
    /** Write, submit and withdraw orders; import them. */
    WRITE_ORDERS,
    /** Approve and return orders of others; revoke any. */
    APPROVE_ORDERS,
    /** An order that acts at once, for four hours. */
    ORDER_EMERGENCY,
    /** Make approved orders a revision; roll back. */
    PUBLISH,
    /** Allow entries and appeals. */
    SEE_REDRESS,
    /** Say what was found out about a call. */
    JUDGE_CALLS,
    /** Propose that a number passes. */
    PROPOSE_ALLOW,
    /** Take appeals and answer them. */
    TAKE_APPEALS,
    /** Decide about proposed allow entries and appeals. */
    DECIDE_REDRESS,
    /** Keep a record as evidence beyond its time, and let it go. */
    HOLD_EVIDENCE,
    /** What each gateway enforces. */
    SEE_GATEWAYS,
    /** Search, export and verify the audit trail. */
    SEE_AUDIT,
    /** Persons, accounts, roles, lock-outs. */
    MANAGE_PEOPLE;

    /** {@code SEE_CALLS} as {@code see-calls}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The permission that {@link #text} writes so. */
    public static Optional<Permission> of(String text) {
        return Stream.of(values()).filter(each -> each.text().equals(text)).findFirst();
    }
}
