package org.anticall.ops.order;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that came into a list at once, with the document they stand in. Immutable; every step makes the next version.
 *
 * <pre>
 *   Waiting ──approve (another person)──► Holding ──undo (an approver)──► Undone
 *      └──undo (who imported them, or an approver)──────────────────────────►
 * </pre>
 *
 * @param id number of the import
 * @param version from 1, one more with every step
 * @param list number of the list
 * @param document the document the numbers stand in
 * @param office who issued it
 * @param file name of the file they came in
 * @param numbers how many numbers and prefixes
 * @param author who imported them
 * @param state whether they count
 * @param decider who approved or undid them last, null before
 * @param why what the decider said
 */
public record ListImport(
        long id,
        long version,
        long list,
        String document,
        String office,
        String file,
        int numbers,
        Signature author,
        State state,
        @Nullable Signature decider,
        String why) {

    /** Whether the numbers of an import count. */
    public enum State {
        WAITING,
        HOLDING,
        UNDONE;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** An import that waits for another person. */
    public static ListImport waiting(
            long id, long list, String document, String office, String file, int numbers, Signature by) {
        return new ListImport(id, 1, list, document, office, file, numbers, by, State.WAITING, null, "");
    }

    /** The numbers count from the next revision on. */
    public ListImport approve(Signature by) {
        if (state != State.WAITING) {
            throw wrongState();
        }
        if (by.isBySame(author)) {
            throw new OrderRefused("own-import", "Who imported numbers does not approve them; hand it to a colleague.");
        }
        return next(State.HOLDING, by, "");
    }

    /**
     * All its numbers go at once, from the next revision on. Those that another import brought stay.
     *
     * @param approver whether this person approves orders
     */
    public ListImport undo(Signature by, boolean approver, String because) {
        if (state == State.UNDONE) {
            throw wrongState();
        }
        if (!approver && (state == State.HOLDING || !by.isBySame(author))) {
            throw new OrderRefused(
                    "not-author", "Only who imported them withdraws numbers, and only before they are approved.");
        }
        return next(State.UNDONE, by, because);
    }

    private OrderRefused wrongState() {
        return new OrderRefused("state", "This cannot be done with an import that is " + state.text() + ".");
    }

    private ListImport next(State other, Signature by, String because) {
        return new ListImport(id, version + 1, list, document, office, file, numbers, author, other, by, because);
    }
}
