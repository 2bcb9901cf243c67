package org.anticall.ops.order;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What becomes of a diverted call that nobody at the desk answers in time. */
public enum Ladder {
    /** It rings the callee with a label. */
    PASS_WITH_LABEL("pass-with-label"),
    /** It rings the callee as it came. */
    PASS("pass"),
    /** Another desk is asked; then it rings the callee with a label. */
    NEXT_DESK("next-desk", "pass-with-label"),
    /** It does not come about. */
    REJECT("reject"),
    /** The caller hears a recorded text, then it does not come about. */
    ANNOUNCEMENT("announcement", "reject");

    @SuppressWarnings("ImmutableEnumChecker") // it is unmodifiable
    private final List<String> steps;

    Ladder(String... steps) {
        this.steps = List.of(steps);
    }

    /** The steps as a rule file has them. */
    public List<String> steps() {
        return steps;
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Ladder> of(String text) {
        return Stream.of(values()).filter(each -> each.text().equals(text)).findFirst();
    }
}
