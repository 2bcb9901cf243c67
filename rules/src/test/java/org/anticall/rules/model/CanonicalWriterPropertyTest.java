package org.anticall.rules.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.anticall.rules.call.CallFeature;
import org.anticall.rules.call.CountryCodeSet;
import org.anticall.rules.call.Gauge;
import org.anticall.rules.call.LocalizedText;
import org.anticall.rules.call.Mark;
import org.anticall.rules.call.Measure;
import org.anticall.rules.call.NumberField;
import org.anticall.rules.call.RoamingAnswer;
import org.anticall.rules.call.RoamingQuery;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.number.NumberList;
import org.anticall.rules.number.PartyNumber;
import org.anticall.rules.number.RangeClass;

class CanonicalWriterPropertyTest {

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void whatIsWrittenIsReadAsTheSameContent(
            @ForAll("conditions") Condition rule, @ForAll("conditions") Condition one, @ForAll("actions") Action then) {
        RuleSet set = new RuleSet(
                "KZ",
                0,
                Map.of("black", new NumberList("black", List.of(new NumberList.Entry(44, true, 1_000, "a \"b\"; c")))),
                Scoring.standard(null),
                List.of(new Rule(
                        "R",
                        new LocalizedText("t: - #", "т", "ә"),
                        Stage.ROAMING,
                        9,
                        Mode.CANARY,
                        new Canary(Set.of(), 25),
                        Validity.ALWAYS,
                        null,
                        rule,
                        List.of(new Rule.Case(one, then, LocalizedText.of("it's \\ \"so\""))),
                        Place.of("made"))),
                Orders.NONE,
                Place.of("made"));
        String canonical = new String(CanonicalWriter.bytes(set), StandardCharsets.UTF_8);

        Reading reading = RuleSetReader.read("canonical", canonical, file -> InputStream.nullInputStream());

        RuleSet again = assertInstanceOf(Reading.Read.class, reading, () -> reading + canonical)
                .ruleSet();
        assertEquals(canonical, new String(CanonicalWriter.bytes(again), StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<Condition> conditions() {
        return conditions(3);
    }

    private static Arbitrary<Condition> conditions(int depth) {
        Arbitrary<NumberField> fields = Arbitraries.of(NumberField.class);
        Arbitrary<Boolean> yes = Arbitraries.of(true, false);
        Arbitrary<RoamingQuery.Party> party = Arbitraries.of(RoamingQuery.Party.class);
        Arbitrary<Integer> minutes = Arbitraries.integers().between(0, 1439);
        Arbitrary<Condition> leaves = Arbitraries.oneOf(
                Arbitraries.of(CallFeature.class).map(feature -> new Condition.Is(feature, Set.of(feature.all()[1]))),
                Combinators.combine(fields, set(PartyNumber.Kind.class)).as(Condition.OfKind::new),
                Combinators.combine(fields, set(PartyNumber.Form.class)).as(Condition.OfForm::new),
                Combinators.combine(fields, set(RangeClass.class)).as(Condition.OfClass::new),
                fields.map(field -> new Condition.Listed(field, "black")),
                Combinators.combine(fields, fields).as(Condition.Same::new),
                fields.map(field -> new Condition.Matches(
                        field,
                        List.of(
                                new NumberList.Entry(4420, true, NumberList.FOR_EVER, ""),
                                new NumberList.Entry(PartyNumber.shortCode(12, 3), false, NumberList.FOR_EVER, "")))),
                Combinators.combine(fields, fields).as(Condition.Differs::new),
                Combinators.combine(fields, fields, Arbitraries.integers().between(1, 14))
                        .as(Condition.Neighbour::new),
                Combinators.combine(fields, yes).as(Condition.Contracted::new),
                Combinators.combine(fields, yes).as(Condition.OfPlausibleLength::new),
                fields.map(field -> new Condition.OfCountry(field, CountryCodeSet.of(List.of(90, 7)))),
                fields.map(field -> new Condition.InRange(field, List.of(new Condition.NumberSpan(7717, 7727)))),
                set(Mark.class).map(Condition.Marked::new),
                Arbitraries.longs().set().ofMinSize(1).map(Condition.OfFingerprint::new),
                Combinators.combine(party, yes).as(Condition.RoamingContracted::new),
                party.map(one -> new Condition.InRoamingCountry(one, Set.of("TR", "GB"))),
                Combinators.combine(party, set(RoamingAnswer.Mode.class)).as(Condition.InRoamingMode::new),
                Combinators.combine(minutes, minutes.map(minute -> (minute + 1) % 1440))
                        .as(Condition.AtTime::new)
                        .filter(time -> time.fromMinute() != time.untilMinute()),
                set(DayOfWeek.class).map(Condition.OnWeekday::new),
                Arbitraries.integers()
                        .between(0, 9)
                        .map(days -> new Condition.OnDate(
                                List.of(new Condition.DateSpan(LocalDate.EPOCH, LocalDate.EPOCH.plusDays(days))))),
                Combinators.combine(
                                Arbitraries.of(Measure.class),
                                yes,
                                Arbitraries.integers().between(0, 64))
                        .as((measure, atLeast, limit) -> new Condition.Reads(
                                new Gauge(measure, measure.window() == Measure.Window.NONE ? 0 : 61, limit),
                                atLeast,
                                limit)),
                Arbitraries.of(Set.of("a", "b c: d"), Set.of("x")).map(Condition.OnTrunk::new),
                Combinators.combine(
                                Arbitraries.of(RoamingQuery.Party.class),
                                Arbitraries.of(RoamingAnswer.State.values())
                                        .filter(state -> state != RoamingAnswer.State.NOT_ASKED)
                                        .set()
                                        .ofMinSize(1))
                        .as(Condition.InRoamingState::new));
        if (depth == 0) {
            return leaves;
        }
        Arbitrary<Condition> parts = conditions(depth - 1);
        return Arbitraries.oneOf(
                leaves,
                parts.list().ofMaxSize(3).map(Condition.All::new),
                parts.list().ofMinSize(1).ofMaxSize(3).map(Condition.Any::new),
                parts.map(Condition.Not::new));
    }

    @Provide
    Arbitrary<Action> actions() {
        return Arbitraries.of(
                new Action.Continue(),
                new Action.Alert(),
                new Action.Score(-20, false),
                new Action.Score(35, true),
                new Action.Weigh(130),
                new Action.Decide(new Verdict.Pass()),
                new Action.Decide(new Verdict.Label("⚠ ?")),
                new Action.Decide(new Verdict.Withhold("")),
                new Action.Decide(new Verdict.Withhold("x")),
                new Action.Decide(new Verdict.Reject(607)),
                new Action.Decide(new Verdict.Divert(
                        Duration.ofMinutes(2), List.of(Verdict.LadderStep.REJECT, Verdict.LadderStep.PASS), "L")));
    }

    private static <E extends Enum<E>> Arbitrary<Set<E>> set(Class<E> type) {
        return Arbitraries.of(type).set().ofMinSize(1);
    }
}
