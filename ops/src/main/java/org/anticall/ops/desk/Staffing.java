package org.anticall.ops.desk;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which calls want which operators.
 *
 * @param queues the first that takes a call is the call's; a call that none takes may ring anywhere
 * @param skills languages and skills by seat; a seat that is not named has all of them
 */
public record Staffing(List<CallQueue> queues, Map<String, Set<String>> skills) {

    /** Every seat takes every call. */
    public static final Staffing ANY = new Staffing(List.of(), Map.of());

    public Staffing {
        queues = List.copyOf(queues);
        skills = skills.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, each -> Set.copyOf(each.getValue())));
    }

    CallQueue queueOf(String caller, String callee, String rule) {
        return queues.stream()
                .filter(queue -> queue.takes(caller, callee, rule))
                .findFirst()
                .orElse(CallQueue.REST);
    }

    boolean suits(String seat, CallQueue queue) {
        Set<String> has = skills.get(seat);
        return has == null || has.containsAll(queue.needs());
    }
}
