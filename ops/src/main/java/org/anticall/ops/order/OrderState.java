package org.anticall.ops.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where an order stands. Transitions stand only on the states that allow them.
 *
 * <pre>
 *   Draft ──submit──► Submitted ──approve──► Approved ──published──► Shadow ──goLive──► Approved (live)
 *     ▲                   │  (once or twice)     │                      ▲
 *     └─────return────────┘                      └────published────► Live ──fallBack──┘
 *
 *   Approved, Shadow, Live ──► Expired (its time is over) | Revoked (somebody ended it)
 *   Draft, Submitted ──► Revoked (withdrawn)
 * </pre>
 *
 * Nothing leads out of Expired and Revoked, and nothing is ever deleted.
 */
public sealed interface OrderState {

    /** {@code draft}, {@code submitted}, … */
    default String kind() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** Being written; only its author sees to it. */
    record Draft() implements OrderState {
        Submitted submit(Instant now, int approversNeeded) {
            return new Submitted(now, approversNeeded, List.of());
        }
    }

    /**
     * Waits for approval.
     *
     * @param approversNeeded 1, or 2 for a broad order
     * @param approvals those that are there, of different persons
     */
    record Submitted(Instant at, int approversNeeded, List<Signature> approvals) implements OrderState {
        public Submitted {
            approvals = List.copyOf(approvals);
        }

        /** Another approval: the order waits on or is approved. Who may give it is {@link Order#approve}'s business. */
        OrderState approve(Signature by, boolean live) {
            List<Signature> all = new ArrayList<>(approvals);
            all.add(by);
            return all.size() < approversNeeded
                    ? new Submitted(at, approversNeeded, all)
                    : new Approved(all, live, false);
        }

        Draft giveBack() {
            return new Draft();
        }
    }

    /**
     * Decided; in force from the next revision on.
     *
     * @param live whether it acts then, or is watched in shadow first
     * @param watched whether the gateways have it in shadow already
     */
    record Approved(List<Signature> approvals, boolean live, boolean watched) implements OrderState {
        public Approved {
            approvals = List.copyOf(approvals);
        }

        OrderState published(long revision, Instant now) {
            return live ? new Live(approvals, revision, now) : new Shadow(approvals, revision, now, "");
        }
    }

    /**
     * In the gateways, counted, without effect.
     *
     * @param revision since which revision
     * @param fallen why it fell back from live, empty if it never was
     */
    record Shadow(List<Signature> approvals, long revision, Instant since, String fallen) implements OrderState {
        public Shadow {
            approvals = List.copyOf(approvals);
        }

        Approved goLive() {
            return new Approved(approvals, true, true);
        }
    }

    /** In the gateways and acting. */
    record Live(List<Signature> approvals, long revision, Instant since) implements OrderState {
        public Live {
            approvals = List.copyOf(approvals);
        }

        Shadow fallBack(String why, Instant now) {
            return new Shadow(approvals, revision, now, why);
        }
    }

    /** Its time is over. */
    record Expired(Instant at) implements OrderState {}

    /**
     * Somebody ended it.
     *
     * @param by who; the centre itself has the person 0
     */
    record Revoked(Signature by, String why) implements OrderState {}

    /** Whether it can still have an effect, now or after a decision. */
    default boolean isOpen() {
        return !(this instanceof Expired || this instanceof Revoked);
    }

    /** Whether it belongs into a revision. */
    default boolean isInForce() {
        return this instanceof Approved || this instanceof Shadow || this instanceof Live;
    }

    /** Who approved it, none before. */
    default List<Signature> signatures() {
        if (this instanceof Submitted submitted) {
            return submitted.approvals();
        }
        if (this instanceof Approved approved) {
            return approved.approvals();
        }
        if (this instanceof Shadow shadow) {
            return shadow.approvals();
        }
        return this instanceof Live live ? live.approvals() : List.of();
    }
}
