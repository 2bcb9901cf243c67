package org.anticall.ops.order;

import java.time.Instant;
import java.util.List;

/**
 * What an order says. Any of its fields may be wanting while it is a draft; {@link Completeness} tells what is.
 *
 * @param ladder what becomes of a diverted call that nobody answers
 * @param title one sentence, in the language of the document
 * @param territory where it holds, in words
 * @param calleePrefixes called numbers it holds for, {@code +7717}; none: all
 * @param from first instant
 * @param until first instant at which it does not hold any more: every order ends
 * @param confidence how sure the author is, 0 to 100 percent
 * @param observeFirst whether it begins in shadow, where it is counted and changes no call
 */
public record OrderContent(
        String title,
        Target target,
        OrderAction action,
        Ladder ladder,
        Basis basis,
        String territory,
        List<String> calleePrefixes,
        Instant from,
        Instant until,
        int confidence,
        Origin origin,
        boolean observeFirst) {

    public OrderContent {
        calleePrefixes = List.copyOf(calleePrefixes);
    }

    /** The same from an earlier instant on, to try it on calls of the past. */
    public OrderContent from(Instant begin) {
        return new OrderContent(
                title,
                target,
                action,
                ladder,
                basis,
                territory,
                calleePrefixes,
                begin,
                until,
                confidence,
                origin,
                observeFirst);
    }

    /** The same with the hash of the signed copy. */
    OrderContent signed(String scan) {
        return new OrderContent(
                title,
                target,
                action,
                ladder,
                new Basis(basis.type(), basis.document(), basis.date(), basis.office(), scan),
                territory,
                calleePrefixes,
                from,
                until,
                confidence,
                origin,
                observeFirst);
    }

    OrderContent until(Instant end) {
        return new OrderContent(
                title,
                target,
                action,
                ladder,
                basis,
                territory,
                calleePrefixes,
                from,
                end,
                confidence,
                origin,
                observeFirst);
    }
}
