package org.anticall.rules.engine;

import java.util.List;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.number.E164;
import org.anticall.rules.number.PartyNumber;
import org.anticall.rules.number.PatternIndex;

/**
 * The orders of tables: each a rule like any other, found by the numbers of the call instead of being tried one after
 * the other. They mean calls on international trunks whose asserted or presented number they name; every one decides.
 * An order is named here by its place among them in order of evaluation. Immutable; looking for orders allocates
 * nothing.
 */
public final class CompiledOrders {

    /** Without orders. */
    public static final CompiledOrders NONE = new CompiledOrders(PatternIndex.EMPTY, List.of(), new Written() {
        @Override
        public String id(int order) {
            throw new IllegalArgumentException("there is no order " + order);
        }

        @Override
        public Decision decision(int order) {
            throw new IllegalArgumentException("there is no order " + order);
        }

        @Override
        public CompiledRule rule(int order) {
            throw new IllegalArgumentException("there is no order " + order);
        }
    });

    /** Before the first order. */
    static final int BEGIN = -1;

    /** After the last order. */
    static final int END = PatternIndex.NONE;

    /** After the turns of all rules. */
    private static final long LAST_TURN = Long.MAX_VALUE;

    /**
     * What is looked at for a call whose number the order names.
     *
     * @param turn see {@link CompiledRule.Head#turn()}
     * @param live whether it acts, or only watches
     * @param fromEpochMillis first instant at which it is in force
     * @param untilEpochMillis first instant at which it is not in force any more
     * @param callees beginnings of the numbers it protects; empty for all
     */
    public record Terms(long turn, boolean live, long fromEpochMillis, long untilEpochMillis, long[] callees) {}

    /** What is made of an order only for a call that it hits, or for people. */
    public interface Written {

        /** Its name in records. */
        String id(int order);

        /** What it decides. */
        Decision decision(int order);

        /** The order as the rule that it is. */
        CompiledRule rule(int order);
    }

    private final PatternIndex index;
    private final Terms[] terms;
    private final Written written;

    /**
     * Orders.
     *
     * @param index their numbers and prefixes
     * @param terms in order of evaluation
     * @param written the rest of what they say
     */
    public CompiledOrders(PatternIndex index, List<Terms> terms, Written written) {
        this.index = index;
        this.terms = terms.toArray(Terms[]::new);
        this.written = written;
    }

    int size() {
        return terms.length;
    }

    /** The turn of {@code order}; after the last one a turn that no rule has. */
    long turn(int order) {
        return order == END ? LAST_TURN : terms[order].turn();
    }

    String id(int order) {
        return written.id(order);
    }

    Decision decision(int order) {
        return written.decision(order);
    }

    CompiledRule rule(int order) {
        return written.rule(order);
    }

    /**
     * The first order that names a number of a call that orders can mean; {@link #END} if none does, as of nearly all
     * calls.
     */
    int first(CallFacts facts) {
        return terms.length == 0 || facts.trunkClass() != TrunkClass.INTERNATIONAL ? END : naming(facts, BEGIN);
    }

    /**
     * The first order from {@code order} on that hits the call.
     *
     * @param order one that {@link #first} or {@link #naming} said
     * @param live whether of those that act, or of those that only watch
     * @return {@link #END} if there is none
     */
    int hit(CallFacts facts, boolean live, int order) {
        int at = order;
        while (at != END && !(terms[at].live() == live && holds(terms[at], facts))) {
            at = naming(facts, at);
        }
        return at;
    }

    /**
     * The first order after {@code after} that names a number of the caller, whatever else it says; {@link #END} if
     * none does.
     */
    int naming(CallFacts facts, int after) {
        long asserted = PartyNumber.e164(facts.asserted());
        long presented = PartyNumber.e164(facts.presented());
        int first = asserted == E164.NONE ? END : index.next(asserted, after);
        return presented == E164.NONE || presented == asserted ? first : Math.min(first, index.next(presented, after));
    }

    private static boolean holds(Terms terms, CallFacts facts) {
        long at = facts.atEpochMillis();
        return at >= terms.fromEpochMillis() && at < terms.untilEpochMillis() && protects(terms.callees(), facts);
    }

    private static boolean protects(long[] callees, CallFacts facts) {
        if (callees.length == 0) {
            return true;
        }
        long callee = PartyNumber.e164(facts.callee());
        for (long each : callees) {
            if (E164.startsWith(callee, each)) {
                return true;
            }
        }
        return false;
    }
}
