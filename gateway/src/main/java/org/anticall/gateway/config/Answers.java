package org.anticall.gateway.config;

import java.util.Map;

/**
 * How a trunk's peers are told what rules decided: by the status the rule names.
 *
 * @param byStatus what is said instead of that status
 */
public record Answers(Map<Integer, Answer> byStatus) {

    /** Every status as the rule has it. */
    public static final Answers DEFAULT = new Answers(Map.of());

    /** Stands for every status that has no entry of its own. */
    public static final int ANY = 0;

    public Answers {
        byStatus = Map.copyOf(byStatus);
    }

    /** What is said where a rule rejects with {@code status}. */
    public Answer of(int status) {
        Answer chosen = byStatus.get(status);
        if (chosen == null) {
            chosen = byStatus.get(ANY);
        }
        return chosen == null ? Answer.usual(status) : chosen;
    }
}
