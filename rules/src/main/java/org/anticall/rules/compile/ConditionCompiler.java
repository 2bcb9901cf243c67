package org.anticall.rules.compile;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.anticall.rules.engine.BehaviourTests;
import org.anticall.rules.engine.CalendarTests;
import org.anticall.rules.engine.CallTests;
import org.anticall.rules.engine.GaugePlan;
import org.anticall.rules.engine.HomeClock;
import org.anticall.rules.engine.Logic;
import org.anticall.rules.engine.NumberTests;
import org.anticall.rules.engine.ProfiledLists;
import org.anticall.rules.engine.RoamingTests;
import org.anticall.rules.engine.Test;
import org.anticall.rules.model.Condition;
import org.anticall.rules.number.NumberList;
import org.anticall.rules.number.NumberingPlan;
import org.jspecify.annotations.Nullable;

/** Turns a condition into a test. Parts keep their order, so explanations follow what is written. */
final class ConditionCompiler {

    private final NumberingPlan plan;
    private final HomeClock clock;
    private final Map<String, NumberList> lists;
    private final ProfiledLists profiled;
    private final GaugePlan gauges;
    private final Consumer<String> problems;

    ConditionCompiler(
            NumberingPlan plan,
            Map<String, NumberList> lists,
            ProfiledLists profiled,
            GaugePlan gauges,
            Consumer<String> problems) {
        this.plan = plan;
        this.clock = HomeClock.valueOf(plan.home());
        this.lists = lists;
        this.profiled = profiled;
        this.gauges = gauges;
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
        Test test = call(condition);
        test = test == null ? number(condition) : test;
        test = test == null ? roaming(condition) : test;
        test = test == null ? calendar(condition) : test;
        if (test == null) {
            throw new IllegalStateException("a condition that nobody compiles: " + condition.getClass());
        }
        return test;
    }

    private @Nullable Test call(Condition condition) {
        if (condition instanceof Condition.Is is) {
            return CallTests.is(is.feature(), is.values());
        }
        if (condition instanceof Condition.OnTrunk trunk) {
            return CallTests.trunk(trunk.names());
        }
        if (condition instanceof Condition.Marked marked) {
            return CallTests.marked(marked.marks());
        }
        if (condition instanceof Condition.OfFingerprint print) {
            return CallTests.fingerprint(print.fingerprints());
        }
        if (condition instanceof Condition.Reads reads) {
            return BehaviourTests.reads(reads.gauge(), gauges.placeOf(reads.gauge()), reads.atLeast(), reads.limit());
        }
        return null;
    }

    private @Nullable Test number(Condition condition) {
        if (condition instanceof Condition.OfKind kind) {
            return NumberTests.kind(kind.field(), kind.kinds());
        }
        if (condition instanceof Condition.OfForm form) {
            return NumberTests.form(form.field(), form.forms());
        }
        if (condition instanceof Condition.OfClass rangeClass) {
            return NumberTests.rangeClass(rangeClass.field(), rangeClass.classes(), plan);
        }
        if (condition instanceof Condition.OfCountry country) {
            return NumberTests.country(country.field(), country.codes());
        }
        if (condition instanceof Condition.Contracted contracted) {
            return NumberTests.contracted(contracted.field(), contracted.contracted());
        }
        if (condition instanceof Condition.OfPlausibleLength length) {
            return NumberTests.plausibleLength(length.field(), length.plausible());
        }
        if (condition instanceof Condition.Listed listed) {
            return NumberTests.listed(listed.field(), list(listed.list()), profiled);
        }
        if (condition instanceof Condition.Matches matches) {
            return NumberTests.matches(matches.field(), new NumberList("numbers", matches.entries()));
        }
        if (condition instanceof Condition.InRange range) {
            return NumberTests.ranges(
                    range.field(),
                    range.spans().stream()
                            .mapToLong(Condition.NumberSpan::first)
                            .toArray(),
                    range.spans().stream().mapToLong(Condition.NumberSpan::last).toArray());
        }
        if (condition instanceof Condition.Same same) {
            return NumberTests.same(same.field(), same.other());
        }
        if (condition instanceof Condition.Differs differs) {
            return NumberTests.differs(differs.field(), differs.other());
        }
        return condition instanceof Condition.Neighbour near
                ? NumberTests.neighbour(near.field(), near.other(), near.digits())
                : null;
    }

    private static @Nullable Test roaming(Condition condition) {
        if (condition instanceof Condition.InRoamingState state) {
            return RoamingTests.state(state.party(), state.states());
        }
        if (condition instanceof Condition.InRoamingCountry country) {
            return RoamingTests.country(country.party(), country.countries());
        }
        if (condition instanceof Condition.InRoamingMode mode) {
            return RoamingTests.mode(mode.party(), mode.modes());
        }
        return condition instanceof Condition.RoamingContracted contracted
                ? RoamingTests.contracted(contracted.party(), contracted.contracted())
                : null;
    }

    private @Nullable Test calendar(Condition condition) {
        if (condition instanceof Condition.AtTime time) {
            return CalendarTests.time(clock, time.fromMinute(), time.untilMinute());
        }
        if (condition instanceof Condition.OnWeekday weekday) {
            return CalendarTests.weekday(clock, weekday.days());
        }
        if (condition instanceof Condition.OnDate date) {
            return CalendarTests.date(
                    clock,
                    date.spans().stream().map(span -> span.first().toEpochDay()).toList(),
                    date.spans().stream().map(span -> span.last().toEpochDay()).toList());
        }
        return null;
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
