package org.anticall.rules.model;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.anticall.rules.call.Gauge;
import org.anticall.rules.call.Measure;
import org.anticall.rules.call.NumberField;
import org.anticall.rules.call.RoamingQuery.Party;
import org.anticall.rules.number.NumberList;
import org.jspecify.annotations.Nullable;

/** Conditions in canonical form: sets sorted, parts in the order of their own text. */
final class ConditionWriter {

    private ConditionWriter() {}

    static Map<String, Object> write(Condition condition) {
        if (condition instanceof Condition.All all) {
            return all.parts().isEmpty() ? Map.of() : Map.of("all", each(all.parts()));
        }
        if (condition instanceof Condition.Any any) {
            return Map.of("any", each(any.parts()));
        }
        if (condition instanceof Condition.Not not) {
            return Map.of("not", write(not.part()));
        }
        if (condition instanceof Condition.Is is) {
            return Map.of(
                    is.feature().text(),
                    is.values().stream().map(Words::of).sorted().toList());
        }
        if (condition instanceof Condition.OnTrunk trunk) {
            return Map.of("trunk-name", trunk.names().stream().sorted().toList());
        }
        if (condition instanceof Condition.Marked marked) {
            return Map.of("mark", words(marked.marks()));
        }
        if (condition instanceof Condition.OfFingerprint print) {
            return Map.of(
                    "fingerprint",
                    print.fingerprints().stream()
                            .map(ConditionWriter::hex)
                            .sorted()
                            .toList());
        }
        Map<String, Object> roaming = roaming(condition);
        if (roaming != null) {
            return roaming;
        }
        Map<String, Object> calendar = calendar(condition);
        return calendar != null ? calendar : number(condition);
    }

    private static @Nullable Map<String, Object> roaming(Condition condition) {
        if (condition instanceof Condition.InRoamingState state) {
            return Map.of(key(state.party(), ""), words(state.states()));
        }
        if (condition instanceof Condition.InRoamingCountry country) {
            return Map.of(
                    key(country.party(), "-country"),
                    country.countries().stream().sorted().toList());
        }
        if (condition instanceof Condition.InRoamingMode mode) {
            return Map.of(key(mode.party(), "-mode"), words(mode.modes()));
        }
        if (condition instanceof Condition.RoamingContracted contracted) {
            return Map.of(key(contracted.party(), "-contracted"), yes(contracted.contracted()));
        }
        return null;
    }

    private static @Nullable Map<String, Object> calendar(Condition condition) {
        if (condition instanceof Condition.AtTime time) {
            return Map.of(
                    "time", CalendarReader.clock(time.fromMinute()) + ".." + CalendarReader.clock(time.untilMinute()));
        }
        if (condition instanceof Condition.OnWeekday weekday) {
            return Map.of(
                    "weekday",
                    weekday.days().stream().sorted().map(CalendarReader::word).toList());
        }
        if (condition instanceof Condition.OnDate date) {
            return Map.of(
                    "date",
                    date.spans().stream().map(Condition.DateSpan::text).sorted().toList());
        }
        if (condition instanceof Condition.Reads reads) {
            return Map.of("behaviour", Map.of(reads.gauge().measure().text(), reads(reads)));
        }
        return null;
    }

    private static Map<String, Object> reads(Condition.Reads reads) {
        Gauge gauge = reads.gauge();
        Map<String, Object> map = new TreeMap<>();
        map.put(reads.atLeast() ? "at-least" : "at-most", reads.limit());
        if (gauge.measure().window() == Measure.Window.SLIDING) {
            map.put("within", gauge.withinSeconds() + "s");
        }
        if (gauge.ofAtLeast() > 0) {
            map.put("of-at-least", gauge.ofAtLeast());
        }
        return map;
    }

    private static Map<String, Object> number(Condition condition) {
        if (condition instanceof Condition.OfKind kind) {
            return of(kind.field(), "kind", words(kind.kinds()));
        }
        if (condition instanceof Condition.OfForm form) {
            return of(form.field(), "form", words(form.forms()));
        }
        if (condition instanceof Condition.OfClass rangeClass) {
            return of(rangeClass.field(), "class", words(rangeClass.classes()));
        }
        if (condition instanceof Condition.OfCountry country) {
            return of(country.field(), "country", country.codes().codes());
        }
        if (condition instanceof Condition.Contracted contracted) {
            return of(contracted.field(), "contracted", yes(contracted.contracted()));
        }
        if (condition instanceof Condition.OfPlausibleLength length) {
            return of(length.field(), "plausible-length", yes(length.plausible()));
        }
        if (condition instanceof Condition.Listed listed) {
            return of(listed.field(), "list", listed.list());
        }
        if (condition instanceof Condition.Matches matches) {
            List<String> numbers = matches.entries().stream()
                    .map(NumberList.Entry::text)
                    .sorted()
                    .toList();
            return of(matches.field(), "number", numbers);
        }
        if (condition instanceof Condition.InRange range) {
            List<String> spans = range.spans().stream()
                    .map(Condition.NumberSpan::text)
                    .sorted()
                    .toList();
            return of(range.field(), "range", spans);
        }
        if (condition instanceof Condition.Same same) {
            return of(same.field(), "same-as", same.other().text());
        }
        if (condition instanceof Condition.Differs differs) {
            return of(differs.field(), "differs-from", differs.other().text());
        }
        if (condition instanceof Condition.Neighbour neighbour) {
            return of(
                    neighbour.field(), "neighbour-of", Map.of(neighbour.other().text(), neighbour.digits()));
        }
        throw new IllegalStateException("a condition that nobody writes: " + condition.getClass());
    }

    /** Parts in the order of their own text: neither order nor nesting of keys changes what a condition means. */
    private static List<Object> each(List<Condition> parts) {
        return parts.stream()
                .map(ConditionWriter::write)
                .sorted(Comparator.comparing(Object::toString))
                .map(Object.class::cast)
                .toList();
    }

    private static Map<String, Object> of(NumberField field, String key, Object value) {
        return Map.of(field.text(), Map.of(key, value));
    }

    private static String key(Party party, String suffix) {
        return (party == Party.CALLER ? "caller-roaming" : "redirecting-roaming") + suffix;
    }

    private static String yes(boolean value) {
        return value ? "yes" : "no";
    }

    private static String hex(long fingerprint) {
        String digits = Long.toHexString(fingerprint);
        return "0".repeat(16 - digits.length()) + digits;
    }

    private static List<String> words(Set<? extends Enum<?>> constants) {
        return constants.stream().map(Words::of).sorted().toList();
    }
}
