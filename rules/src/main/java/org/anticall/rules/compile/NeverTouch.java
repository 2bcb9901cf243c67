package org.anticall.rules.compile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.Decision.Basis;
import org.anticall.rules.call.LocalizedText;
import org.anticall.rules.call.NumberField;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.engine.Acting;
import org.anticall.rules.engine.CallTests;
import org.anticall.rules.engine.CompiledRule;
import org.anticall.rules.engine.CompiledRule.CompiledCase;
import org.anticall.rules.engine.Effect;
import org.anticall.rules.engine.Logic;
import org.anticall.rules.engine.NumberTests;
import org.anticall.rules.engine.Test;
import org.anticall.rules.number.NumberList;
import org.anticall.rules.number.NumberingPlan;

/**
 * Rule N01, which stands before all others in every snapshot and which no file can take out: calls to emergency numbers,
 * and to the numbers of the list {@value #LIST} if the set has one, are not screened.
 */
final class NeverTouch {

    static final String ID = "N01";
    static final String LIST = "never-touch";

    private static final LocalizedText TITLE = new LocalizedText(
            "Numbers that are never screened",
            "Номера, звонки на которые не проверяются",
            "Қоңыраулары тексерілмейтін нөмірлер");
    private static final LocalizedText REASON = new LocalizedText(
            "Calls to emergency services and other protected numbers are never screened.",
            "Звонки в экстренные службы и на другие защищённые номера не проверяются.",
            "Жедел қызметтерге және басқа қорғалған нөмірлерге түсетін қоңыраулар тексерілмейді.");

    private NeverTouch() {}

    static CompiledRule compile(NumberingPlan plan, Map<String, NumberList> lists, long revision, String hash) {
        List<Test> parts = new ArrayList<>();
        parts.add(CallTests.emergency(plan));
        NumberList list = lists.get(LIST);
        if (list != null) {
            parts.add(NumberTests.listed(NumberField.CALLEE, list));
        }
        Decision decision = new Decision(new Verdict.Pass(), Basis.RULE, ID, REASON, revision, hash, List.of());
        return new CompiledRule(
                new CompiledRule.Head(ID, TITLE, Acting.LIVE, true, true, 0),
                Instant.EPOCH,
                Instant.ofEpochMilli(Long.MAX_VALUE),
                Logic.any(parts),
                List.of(new CompiledCase(Logic.all(List.of()), Effect.decide(decision))));
    }
}
