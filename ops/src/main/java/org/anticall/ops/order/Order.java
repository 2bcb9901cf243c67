package org.anticall.ops.order;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.anticall.ops.order.OrderState.Approved;
import org.anticall.ops.order.OrderState.Draft;
import org.anticall.ops.order.OrderState.Expired;
import org.anticall.ops.order.OrderState.Live;
import org.anticall.ops.order.OrderState.Revoked;
import org.anticall.ops.order.OrderState.Shadow;
import org.anticall.ops.order.OrderState.Submitted;

/**
 * An order: what it says, who wrote it, where it stands. Immutable; every step makes the next version. A step that is not
 * allowed throws {@link OrderRefused} with the word for the reader's language.
 *
 * @param id number of the order
 * @param version from 1, one more with every step: who changes an older one is told
 * @param author who wrote it
 * @param emergency whether a supervisor put it into force alone; it ends within {@link #EMERGENCY} unless it is confirmed
 * @param importId import it came with, 0 if a person wrote it
 */
public record Order(
        long id,
        long version,
        OrderContent content,
        Signature author,
        boolean emergency,
        long importId,
        OrderState state) {

    /** How long a supervisor may act alone. */
    public static final Duration EMERGENCY = Duration.ofHours(4);

    /** A new draft. */
    public static Order draft(long id, OrderContent content, Signature author, long importId) {
        return new Order(id, 1, content, author, false, importId, new Draft());
    }

    /**
     * An order that a supervisor puts into force at once. It ends by itself after {@link #EMERGENCY}, whatever end it names.
     * What needs a second approver nobody does alone: it is refused.
     *
     * @param breadth what it would have hit
     * @throws OrderRefused if it is broad, or something but the signed copy is wanting
     */
    public static Order emergency(long id, OrderContent content, Signature supervisor, Breadth breadth) {
        narrow(content, breadth);
        Instant last = supervisor.at().plus(EMERGENCY);
        OrderContent bounded = content.until().isAfter(last) ? content.until(last) : content;
        complete(bounded, supervisor.at(), true);
        return new Order(id, 1, bounded, supervisor, true, 0, new Approved(List.of(), true, false));
    }

    /** The draft with other content. */
    public Order edit(OrderContent changed, Signature by) {
        draft();
        own(by);
        return next(changed, state);
    }

    /**
     * Hands the draft over for approval.
     *
     * @throws OrderRefused if it is not complete or not this person's
     */
    public Order submit(Signature by, Breadth breadth) {
        return submit(by, breadth, "");
    }

    /**
     * Hands the draft over with the signed copy of the document that it came with among others.
     *
     * @param breadth what it would have hit, or all of them together
     * @param scan hash of that copy, for a draft that has none; empty for none
     * @throws OrderRefused if it is not complete or not this person's
     */
    public Order submit(Signature by, Breadth breadth, String scan) {
        Draft draft = draft();
        own(by);
        boolean unsigned = content.basis().scan().isEmpty() && !scan.isEmpty();
        OrderContent signed = unsigned ? content.signed(scan) : content;
        complete(signed, by.at(), false);
        return next(signed, draft.submit(by.at(), BreadthGuard.approversNeeded(content.target(), breadth)));
    }

    /**
     * Approves it.
     *
     * @throws OrderRefused if this person wrote it or approved it already, or if its time is over
     */
    public Order approve(Signature by) {
        if (!(state instanceof Submitted submitted)) {
            throw wrongState();
        }
        another(by);
        if (submitted.approvals().stream().anyMatch(by::isBySame)) {
            throw new OrderRefused("approved-twice", "This person has approved it already; another one is needed.");
        }
        complete(content, by.at(), false);
        return next(content, submitted.approve(by, !content.observeFirst()));
    }

    /** Gives it back to its author. */
    public Order giveBack(Signature by) {
        if (!(state instanceof Submitted submitted)) {
            throw wrongState();
        }
        another(by);
        return next(content, submitted.giveBack());
    }

    /**
     * Confirms an emergency order, which then holds until {@code until}.
     *
     * @param breadth what it would have hit, and has hit since it is in force
     * @throws OrderRefused if it has become broad meanwhile: then it takes an order of its own with two approvers
     */
    public Order confirm(Signature by, Instant until, Breadth breadth) {
        if (!emergency || !state.isInForce()) {
            throw wrongState();
        }
        another(by);
        narrow(content, breadth);
        OrderContent extended = content.until(until);
        complete(extended, by.at(), true);
        List<Signature> approvals = List.of(by);
        OrderState kept = state instanceof Live live
                ? new Live(approvals, live.revision(), live.since())
                : new Approved(approvals, true, false);
        return new Order(id, version + 1, extended, author, false, importId, kept);
    }

    /** Lets it act after it was watched. */
    public Order goLive(Signature by) {
        if (!(state instanceof Shadow shadow)) {
            throw wrongState();
        }
        another(by);
        return next(content, shadow.goLive());
    }

    /** A person lets it only be watched again; the next revision carries that out. */
    public Order watch(Signature by, String why) {
        return fallBack(why, by.at());
    }

    /** It does not act any more and is only watched, until a person decides. */
    public Order fallBack(String why, Instant now) {
        if (!(state instanceof Live live)) {
            throw wrongState();
        }
        return next(content, live.fallBack(why, now));
    }

    /** It is part of a revision now. */
    public Order published(long revision, Instant now) {
        return state instanceof Approved approved ? next(content, approved.published(revision, now)) : this;
    }

    /**
     * Ends it. The author may withdraw what nobody has approved yet.
     *
     * @param approver whether this person approves orders
     */
    public Order revoke(Signature by, boolean approver, String why) {
        if (!state.isOpen()) {
            throw wrongState();
        }
        if (!approver && (state.isInForce() || !by.isBySame(author))) {
            throw new OrderRefused("not-author", "Only its author withdraws an order, and only before it is approved.");
        }
        return next(content, new Revoked(by, why));
    }

    /** Whether its time is over and nobody has written that down yet. */
    public boolean isOver(Instant now) {
        return state.isInForce() && !now.isBefore(content.until());
    }

    /** Its time is over. */
    public Order expire(Instant now) {
        return isOver(now) ? next(content, new Expired(now)) : this;
    }

    private Draft draft() {
        if (state instanceof Draft draft) {
            return draft;
        }
        throw wrongState();
    }

    private void own(Signature by) {
        if (!by.isBySame(author)) {
            throw new OrderRefused("not-author", "Only its author changes a draft.");
        }
    }

    /** Four eyes: by person, not by account. */
    private void another(Signature by) {
        if (by.isBySame(author)) {
            throw new OrderRefused("own-order", "The author cannot approve the order; hand it to a colleague.");
        }
    }

    private static void narrow(OrderContent content, Breadth breadth) {
        if (!BreadthGuard.isNarrow(content.target(), breadth)) {
            throw new OrderRefused(
                    "emergency-broad",
                    "This is too broad for one person: it needs two approvers. Name fewer or longer numbers, or submit an"
                            + " ordinary order.");
        }
    }

    private static void complete(OrderContent content, Instant now, boolean withoutScan) {
        List<OrderProblem> problems = Completeness.problems(content, now).stream()
                .filter(each -> !withoutScan || !each.field().equals("basis.scan"))
                .toList();
        if (!problems.isEmpty()) {
            throw new OrderRefused(problems);
        }
    }

    private OrderRefused wrongState() {
        return new OrderRefused("state", "This cannot be done with an order that is " + state.kind() + ".");
    }

    private Order next(OrderContent changed, OrderState other) {
        return new Order(id, version + 1, changed, author, emergency, importId, other);
    }
}
