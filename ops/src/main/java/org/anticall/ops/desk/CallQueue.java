package org.anticall.ops.desk;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Calls that want the same sort of operator, and what an operator's minute is worth to them.
 *
 * @param name shown to supervisors; not empty
 * @param rules ids of the rules that send calls here; empty for any
 * @param callers how the caller's number begins; empty for any
 * @param callees how the dialled number begins, for callees who need more care than others; empty for any
 * @param needs languages and skills a seat must have, all of them; empty where any seat will do
 * @param value 1 to 9: waiting calls of a higher value ring first, and take the place of lower ones in a full queue
 * @param quota most of these calls that are at the desk at one time, at least 1
 * @param answerWithin from the offer to the answer; null for the desk's own limit
 */
public record CallQueue(
        String name,
        Set<String> rules,
        List<String> callers,
        List<String> callees,
        Set<String> needs,
        int value,
        int quota,
        @Nullable Duration answerWithin) {

    /** Value of a call that no queue was made for. */
    static final int USUAL_VALUE = 5;

    /** For calls that no queue was made for. */
    static final CallQueue REST =
            new CallQueue("rest", Set.of(), List.of(), List.of(), Set.of(), USUAL_VALUE, Integer.MAX_VALUE, null);

    public CallQueue {
        rules = Set.copyOf(rules);
        callers = List.copyOf(callers);
        callees = List.copyOf(callees);
        needs = Set.copyOf(needs);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("name is empty, expected a word");
        }
        if (value < 1 || value > 9) {
            throw new IllegalArgumentException("value is " + value + ", expected 1 to 9");
        }
        if (quota < 1) {
            throw new IllegalArgumentException("quota is " + quota + ", expected at least 1");
        }
        if (answerWithin != null && (answerWithin.isZero() || answerWithin.isNegative())) {
            throw new IllegalArgumentException("answerWithin is " + answerWithin + ", expected more than zero");
        }
    }

    /** Whether a call belongs here. */
    boolean takes(String caller, String callee, String rule) {
        return (rules.isEmpty() || rules.contains(rule)) && begins(caller, callers) && begins(callee, callees);
    }

    private static boolean begins(String number, List<String> prefixes) {
        return prefixes.isEmpty() || prefixes.stream().anyMatch(number::startsWith);
    }
}
