package org.anticall.ops.people;

import static org.anticall.ops.people.Permission.ANSWER_CALLS;
import static org.anticall.ops.people.Permission.APPROVE_ORDERS;
import static org.anticall.ops.people.Permission.DECIDE_REDRESS;
import static org.anticall.ops.people.Permission.HEAR_RECORDINGS;
import static org.anticall.ops.people.Permission.HOLD_EVIDENCE;
import static org.anticall.ops.people.Permission.JUDGE_CALLS;
import static org.anticall.ops.people.Permission.MANAGE_PEOPLE;
import static org.anticall.ops.people.Permission.ORDER_EMERGENCY;
import static org.anticall.ops.people.Permission.PROPOSE_ALLOW;
import static org.anticall.ops.people.Permission.PUBLISH;
import static org.anticall.ops.people.Permission.RELEASE_CALLS;
import static org.anticall.ops.people.Permission.SEE_AUDIT;
import static org.anticall.ops.people.Permission.SEE_CALLS;
import static org.anticall.ops.people.Permission.SEE_GATEWAYS;
import static org.anticall.ops.people.Permission.SEE_NUMBERS;
import static org.anticall.ops.people.Permission.SEE_ORDERS;
import static org.anticall.ops.people.Permission.SEE_RECEIPTS;
import static org.anticall.ops.people.Permission.SEE_REDRESS;
import static org.anticall.ops.people.Permission.SUPERVISE_CALLS;
import static org.anticall.ops.people.Permission.TAKE_APPEALS;
import static org.anticall.ops.people.Permission.WRITE_ORDERS;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a person is at the centre. This is the one table of who may do what; a test walks every route of the interface with
 * every role against it.
 */
public enum Role {
    /** Answers diverted calls. */
    OPERATOR(SEE_CALLS, ANSWER_CALLS, RELEASE_CALLS, SEE_RECEIPTS, SEE_NUMBERS, JUDGE_CALLS, PROPOSE_ALLOW),
    /** Runs the shift, and takes calls over. */
    SUPERVISOR(
            SEE_CALLS,
            ANSWER_CALLS,
            SUPERVISE_CALLS,
            HEAR_RECORDINGS,
            SEE_RECEIPTS,
            SEE_NUMBERS,
            SEE_ORDERS,
            ORDER_EMERGENCY,
            SEE_GATEWAYS,
            SEE_REDRESS,
            JUDGE_CALLS,
            PROPOSE_ALLOW,
            TAKE_APPEALS),
    /** Writes orders. Cannot approve any, so that nobody depends on two accounts being kept apart. */
    PROSECUTOR(
            SEE_CALLS,
            SEE_RECEIPTS,
            SEE_NUMBERS,
            SEE_ORDERS,
            WRITE_ORDERS,
            SEE_GATEWAYS,
            SEE_REDRESS,
            PROPOSE_ALLOW,
            TAKE_APPEALS,
            HOLD_EVIDENCE),
    /** Approves and publishes what others wrote. */
    APPROVER(
            SEE_CALLS,
            SEE_RECEIPTS,
            SEE_NUMBERS,
            SEE_ORDERS,
            APPROVE_ORDERS,
            PUBLISH,
            SEE_GATEWAYS,
            SEE_REDRESS,
            DECIDE_REDRESS),
    /** Looks after everybody: reads all orders and the trail, changes nothing, sees no subscriber. */
    AUDITOR(SEE_ORDERS, SEE_GATEWAYS, SEE_AUDIT),
    /** Runs the machines and the accounts for the carrier; sees no call and writes no rule. */
    CARRIER_ADMIN(SEE_GATEWAYS, MANAGE_PEOPLE);

    @SuppressWarnings("ImmutableEnumChecker") // it is unmodifiable
    private final Set<Permission> permissions;

    Role(Permission first, Permission... rest) {
        this.permissions = Collections.unmodifiableSet(EnumSet.of(first, rest));
    }

    public Set<Permission> permissions() {
        return permissions;
    }

    /** {@code CARRIER_ADMIN} as {@code carrier-admin}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The role that {@link #text} writes so. */
    public static Optional<Role> of(String text) {
        return Stream.of(values()).filter(each -> each.text().equals(text)).findFirst();
    }
}
