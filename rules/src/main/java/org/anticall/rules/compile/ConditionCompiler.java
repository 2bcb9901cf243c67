package org.anticall.rules.compile;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.anticall.rules.engine.CallTests;
import org.anticall.rules.engine.Logic;
import org.anticall.rules.engine.NumberTests;
import org.anticall.rules.engine.Test;
import org.anticall.rules.model.Condition;
import org.anticall.rules.number.NumberList;
import org.anticall.rules.number.NumberingPlan;

/** Turns a condition into a test. Parts keep their order, so explanations follow what is written. */
final class ConditionCompiler {

    private final NumberingPlan plan;
    private final Map<String, NumberList> lists;
    private final Consumer<String> problems;

    ConditionCompiler(NumberingPlan plan, Map<String, NumberList> lists, Consumer<String> problems) {
        this.plan = plan;
        this.lists = lists;
        this.problems = problems;
    }

    Test compile(Condition condition) {
        if (condition instanceof Condition.All all) {
            return Logic.all(each(all.parts()));
        }
        if (condition instanceof Condition.Any any) {
            return Logic.any(each(any.parts()));
        }
        if (condition instanceof Condition.Not not) {
            return Logic.not(compile(not.part()));
        }
        if (condition instanceof Condition.OnTrunkClass trunk) {
            return CallTests.trunkClass(trunk.classes());
        }
        if (condition instanceof Condition.OnTrunk trunk) {
            return CallTests.trunk(trunk.names());
        }
        if (condition instanceof Condition.OfKind kind) {
            return NumberTests.kind(kind.field(), kind.kinds());
        }
        if (condition instanceof Condition.OfForm form) {
            return NumberTests.form(form.field(), form.forms());
        }
        if (condition instanceof Condition.OfClass rangeClass) {
            return NumberTests.rangeClass(rangeClass.field(), rangeClass.classes(), plan);
        }
        if (condition instanceof Condition.Listed listed) {
            return NumberTests.listed(listed.field(), list(listed.list()));
        }
        if (condition instanceof Condition.Matches matches) {
            return NumberTests.matches(matches.field(), new NumberList("numbers", matches.entries()));
        }
        if (condition instanceof Condition.Same same) {
            return NumberTests.same(same.field(), same.other());
        }
        if (condition instanceof Condition.InRoamingState roaming) {
            return CallTests.roaming(roaming.party(), roaming.states());
        }
        if (condition instanceof Condition.PrivacyRequested privacy) {
            return CallTests.privacy(privacy.requested());
        }
        throw new IllegalStateException("a condition that nobody compiles: " + condition.getClass());
    }

    private List<Test> each(List<Condition> parts) {
        return parts.stream().map(this::compile).toList();
    }

    private NumberList list(String name) {
        NumberList list = lists.get(name);
        if (list != null) {
            return list;
        }
        String known = lists.isEmpty()
                ? "the file has no lists"
                : "expected one of "
                        + String.join(", ", lists.keySet().stream().sorted().toList());
        problems.accept("there is no list '" + name + "', " + known);
        return new NumberList(name, List.of());
    }
}
