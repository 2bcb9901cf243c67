package org.anticall.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.RoamingQuery;
import org.anticall.rules.call.Screening;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.model.RuleProblem;
import org.anticall.rules.model.TestCase;
import org.anticall.rules.number.NumberNormalizer;

/** Judges the calls of tests and compares what comes out with what must. */
final class TestRun {

    /** Parties that can be asked for; a third question means that an answer was not taken. */
    private static final int MOST_QUESTIONS = 2;

    private final NumberNormalizer numbers;
    private final Function<CallFacts, Screening> judge;

    TestRun(NumberNormalizer numbers, Function<CallFacts, Screening> judge) {
        this.numbers = numbers;
        this.judge = judge;
    }

    /** A problem for each test that fails, at its place. */
    List<RuleProblem> problems(List<TestCase> tests) {
        List<RuleProblem> problems = new ArrayList<>();
        for (TestCase test : tests) {
            String failure = failure(test);
            if (!failure.isEmpty()) {
                problems.add(new RuleProblem(test.place(), "test '" + test.name() + "': " + failure));
            }
        }
        return problems;
    }

    /** Why the test fails, empty if it does not. */
    private String failure(TestCase test) {
        Screening screening;
        try {
            screening = judged(new GivenCall(test.given()));
        } catch (IllegalArgumentException wrong) {
            return String.valueOf(wrong.getMessage());
        }
        if (screening instanceof RoamingQuery) {
            return "still asks for a roaming state after the answers were given";
        }
        Map<String, String> expected = new TreeMap<>(test.expected());
        Map<String, String> found = found((Decision) screening);
        found.keySet().retainAll(expected.keySet());
        return found.equals(expected) ? "" : "expected " + text(expected) + ", found " + text(found);
    }

    private Screening judged(GivenCall call) {
        CallFacts facts = call.facts(numbers);
        Screening screening = judge.apply(facts);
        for (int i = 0; i < MOST_QUESTIONS && screening instanceof RoamingQuery query; i++) {
            facts = query.answer(
                    facts,
                    query.party() == RoamingQuery.Party.CALLER ? call.callerRoaming() : call.redirectingRoaming());
            screening = judge.apply(facts);
        }
        return screening;
    }

    private static Map<String, String> found(Decision decision) {
        Map<String, String> found = new TreeMap<>();
        found.put("verdict", decision.verdict().kind().text());
        found.put("rule", decision.rule() == null ? "none" : decision.rule());
        found.put("label", label(decision.verdict()));
        found.put("score", Integer.toString(decision.score()));
        return found;
    }

    private static String label(Verdict verdict) {
        if (verdict instanceof Verdict.Label label) {
            return label.label();
        }
        if (verdict instanceof Verdict.Withhold withhold) {
            return withhold.label();
        }
        return verdict instanceof Verdict.Divert divert ? divert.label() : "none";
    }

    private static String text(Map<String, String> values) {
        List<String> parts = new ArrayList<>();
        values.forEach((name, value) -> parts.add(name + " " + value));
        return String.join(", ", parts);
    }
}
