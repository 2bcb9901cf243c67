package org.anticall.ops.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.RoamingAnswer;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.number.PartyNumber;
import org.anticall.rules.record.DecisionRecord;

/** A decision record as the page gets it: the caller as he showed himself, callee and forwarder masked. */
final class ReceiptView {

    private ReceiptView() {}

    /** The receipt, masked; may be added to. */
    static Map<String, Object> of(DecisionRecord record) {
        Decision decision = record.decision();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", record.id());
        view.put("at", record.at().toString());
        view.put("node", record.node());
        view.put("source", record.source());
        view.put("trunk", record.facts().trunk());
        view.put("trunkClass", CallView.word(record.facts().trunkClass()));
        view.put("verdict", verdict(decision.verdict()));
        view.put("basis", CallView.word(decision.basis()));
        view.put("rule", decision.rule());
        view.put("reason", CallView.text(decision.reason()));
        view.put("revision", decision.revision());
        view.put("ruleSetHash", decision.ruleSetHash());
        view.put("shadowHits", decision.shadowHits());
        view.put("decisionNanos", record.decisionNanos());
        view.put("facts", facts(record.facts()));
        return view;
    }

    /** Callee and forwarder in full. */
    static Map<String, Object> numbers(DecisionRecord record) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("callee", party(record.facts().callee(), false));
        view.put("redirecting", party(record.facts().redirecting(), false));
        return view;
    }

    private static Map<String, Object> facts(CallFacts facts) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("asserted", party(facts.asserted(), false));
        view.put("presented", party(facts.presented(), false));
        view.put("callee", party(facts.callee(), true));
        view.put("redirecting", party(facts.redirecting(), true));
        view.put("privacy", facts.privacyRequested());
        view.put("callerRoaming", roaming(facts.callerRoaming()));
        view.put("redirectingRoaming", roaming(facts.redirectingRoaming()));
        return view;
    }

    private static Map<String, Object> party(long number, boolean masked) {
        PartyNumber.Kind kind = PartyNumber.kind(number);
        boolean digits =
                kind == PartyNumber.Kind.E164 || kind == PartyNumber.Kind.SHORT || kind == PartyNumber.Kind.TOO_SHORT;
        String written = digits ? PartyNumber.format(number) : "";
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("kind", CallView.word(kind));
        view.put("form", CallView.word(PartyNumber.form(number)));
        view.put("text", !digits ? "" : masked ? NumberText.masked(written) : NumberText.full(written));
        view.put("country", NumberText.country(written));
        return view;
    }

    private static Map<String, Object> roaming(RoamingAnswer answer) {
        return Map.of("state", CallView.word(answer.state()), "country", answer.country());
    }

    private static Map<String, Object> verdict(Verdict verdict) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("kind", verdict.kind().text());
        if (verdict instanceof Verdict.Label label) {
            view.put("label", label.label());
        } else if (verdict instanceof Verdict.Withhold withhold) {
            view.put("label", withhold.label());
        } else if (verdict instanceof Verdict.Reject reject) {
            view.put("status", reject.status());
        } else if (verdict instanceof Verdict.Divert divert) {
            view.put("label", divert.label());
            view.put("answerWithinSeconds", divert.answerWithin().toSeconds());
            view.put("ladder", divert.ladder().stream().map(CallView::word).toList());
        }
        return view;
    }
}
