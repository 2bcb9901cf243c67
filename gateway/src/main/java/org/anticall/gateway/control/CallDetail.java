package org.anticall.gateway.control;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.anticall.gateway.config.CdrSettings;
import org.anticall.gateway.path.CallStory;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.number.PartyNumber;
import org.jspecify.annotations.Nullable;

/** What a call detail record says of an ended call, field by field; the module's README has the table. */
final class CallDetail {

    /** Names of all fields in the order they are written. */
    static final List<String> FIELDS = List.of(
            "node",
            "callId",
            "trunk",
            "source",
            "setup",
            "judged",
            "ringing",
            "answered",
            "ended",
            "talkMillis",
            "status",
            "outcome",
            "endedBy",
            "answeredBy",
            "settle",
            "caller",
            "presented",
            "callee",
            "verdict",
            "decided",
            "basis",
            "rule",
            "order",
            "revision",
            "record");

    private static final int SHOWN_FIRST = 5;
    private static final int SHOWN_LAST = 2;

    private final String node;
    private final CdrSettings.Numbers numbers;
    private final Function<String, String> orders;

    /**
     * @param orders the document that orders a rule, by the rule's id; empty where nobody knows
     */
    CallDetail(String node, CdrSettings.Numbers numbers, Function<String, String> orders) {
        this.node = node;
        this.numbers = numbers;
        this.orders = orders;
    }

    /** Values of {@link #FIELDS}: texts, whole numbers, truth values, or null where there is nothing to say. */
    Map<String, @Nullable Object> of(CallStory call) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(node);
        values.add(call.callId());
        values.add(call.trunk().name());
        values.add(call.source().getAddress().getHostAddress() + ":"
                + call.source().getPort());
        times(call, values);
        outcome(call, values);
        values.add(number(PartyNumber.isPresent(call.asserted()) ? call.asserted() : call.presented()));
        values.add(number(call.presented()));
        values.add(number(call.callee()));
        decision(call, values);
        Map<String, @Nullable Object> detail = new LinkedHashMap<>();
        for (int i = 0; i < FIELDS.size(); i++) {
            detail.put(FIELDS.get(i), values.get(i));
        }
        return detail;
    }

    private static void times(CallStory call, List<@Nullable Object> to) {
        boolean endIsKnown = call.endedBy() != CallStory.EndedBy.NOBODY_KNOWS;
        to.add(Instant.ofEpochMilli(call.arrivedMillis()).toString());
        to.add(at(call, call.judgedNanos()));
        to.add(at(call, call.ringingNanos()));
        to.add(at(call, call.answeredNanos()));
        to.add(endIsKnown ? at(call, call.endedNanos()) : null);
        to.add(call.isAnswered() && endIsKnown ? TimeUnit.NANOSECONDS.toMillis(call.talkNanos()) : null);
    }

    private static @Nullable String at(CallStory call, long nanos) {
        if (nanos == CallStory.NEVER) {
            return null;
        }
        long after = TimeUnit.NANOSECONDS.toMillis(nanos - call.arrivedNanos());
        return Instant.ofEpochMilli(call.arrivedMillis() + after).toString();
    }

    /** An answer of the desk is none the far network should pay for: {@code settle} says whether it is. */
    private static void outcome(CallStory call, List<@Nullable Object> to) {
        to.add(call.status());
        to.add(CallOutcome.of(call.status()).label());
        to.add(call.endedBy().name().toLowerCase(Locale.ROOT));
        to.add(!call.isAnswered() ? null : call.isAnsweredByDesk() ? "desk" : "callee");
        to.add(call.isAnswered() && !call.isAnsweredByDesk());
    }

    private void decision(CallStory call, List<@Nullable Object> to) {
        Verdict verdict = call.verdict();
        Decision decision = call.decision();
        String rule = decision == null ? null : decision.rule();
        to.add(verdict == null ? null : verdict.kind().text());
        to.add(decision == null ? null : decision.verdict().kind().text());
        to.add(decision == null ? null : decision.basis().name().toLowerCase(Locale.ROOT));
        to.add(rule);
        to.add(rule == null ? null : nullIfEmpty(Objects.requireNonNull(orders.apply(rule))));
        to.add(decision == null ? null : decision.revision());
        to.add(nullIfEmpty(call.recordId()));
    }

    private @Nullable String number(long party) {
        if (PartyNumber.kind(party) == PartyNumber.Kind.ABSENT) {
            return null;
        }
        String text = PartyNumber.format(party);
        boolean isShort = text.length() <= SHOWN_FIRST + SHOWN_LAST;
        if (numbers == CdrSettings.Numbers.FULL || isShort || PartyNumber.digits(party) == 0) {
            return text;
        }
        return text.substring(0, SHOWN_FIRST)
                + "*".repeat(text.length() - SHOWN_FIRST - SHOWN_LAST)
                + text.substring(text.length() - SHOWN_LAST);
    }

    private static @Nullable String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }
}
