package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.order.Basis;
import org.anticall.ops.order.ListImport;
import org.anticall.ops.order.OrderAction;
import org.anticall.ops.order.OrderState;
import org.anticall.ops.order.Origin;
import org.anticall.ops.people.Role;
import org.anticall.ops.redress.AllowEntry;
import org.anticall.ops.redress.Appeal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {

    private static final Path CONSOLE = Path.of("src/main/resources/org/anticall/ops/http/console");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");

    @ParameterizedTest
    @ValueSource(strings = {"ru", "kk"})
    void everyLanguageHasTheSameWordsWithTheSamePlaceholders(String language) throws IOException {
        JsonNode english = words("en");
        JsonNode other = words(language);

        assertEquals(keys(english), keys(other));
        for (String key : keys(english)) {
            assertEquals(placeholders(english.get(key)), placeholders(other.get(key)), key);
        }
    }

    /** Belarusian has begun: where it has no words yet, the Russian ones stand in. */
    @Test
    void belarusianHasTheWordsOfTheSeatAndNoneThatNobodyAsksFor() throws IOException {
        JsonNode english = words("en");
        JsonNode belarusian = words("be");

        assertTrue(keys(english).containsAll(keys(belarusian)), "be has words that en lacks");
        assertTrue(keys(belarusian).containsAll(Set.of("signin.title", "seat.ready", "seat.answer", "seat.connect")));
        for (String key : keys(belarusian)) {
            assertEquals(placeholders(english.get(key)), placeholders(belarusian.get(key)), key);
        }
    }

    @Test
    void everyKeyOfAPageHasAWord() throws IOException {
        Set<String> known = keys(words("en"));
        Pattern key = Pattern.compile("\\[\"[A-Z1↑/?][^\"]*\", \"([a-z.A-Z-]+)\"]");
        int found = 0;
        for (Path page : scripts()) {
            Matcher matcher = key.matcher(Files.readString(page));
            while (matcher.find()) {
                found++;
                assertTrue(known.contains(matcher.group(1)), page + " has a key for '" + matcher.group(1) + "'");
            }
        }
        assertTrue(found > 40, "only " + found + " keys found");
    }

    @Test
    void russianHasAllFormsOfItsPlurals() throws IOException {
        JsonNode russian = words("ru");
        for (String key : keys(russian)) {
            if (russian.get(key).isObject()) {
                assertEquals(Set.of("one", "few", "many", "other"), keys(russian.get(key)), key);
            }
        }
    }

    @Test
    void everyWordThatThePagesAskForIsThere() throws IOException {
        Set<String> known = keys(words("en"));
        Pattern asked = Pattern.compile("\\bt\\(\\s*\"([^\"]+)\"|pair\\(\"([^\"]+)\"|#tile\\(\"([^\"]+)\"");
        for (Path page : scripts()) {
            Matcher matcher = asked.matcher(Files.readString(page));
            while (matcher.find()) {
                String key = Stream.of(1, 2, 3)
                        .map(matcher::group)
                        .filter(x -> x != null)
                        .findFirst()
                        .orElseThrow();
                assertTrue(known.contains(key), page + " asks for '" + key + "'");
            }
        }
    }

    @Test
    void everyStateAndOutcomeHasAWord() throws IOException {
        Set<String> known = keys(words("en"));
        for (DeskCall.State state : DeskCall.State.values()) {
            assertTrue(known.contains("state." + CallView.word(state)), state.name());
        }
        for (DeskCall.Outcome outcome : DeskCall.Outcome.values()) {
            assertTrue(known.contains("outcome." + CallView.word(outcome)), outcome.name());
        }
    }

    @Test
    void everyRoleAndEveryViewHasAWord() throws IOException {
        Set<String> known = keys(words("en"));
        for (Role role : Role.values()) {
            assertTrue(known.contains("role." + role.text()), role.text());
        }
        for (String view :
                List.of("seat", "shift", "calls", "orders", "publish", "redress", "audit", "people", "recordings")) {
            assertTrue(known.contains(view + ".nav"), view);
        }
    }

    @Test
    void everyStateActionAndRefusalOfAnOrderHasAWord() throws IOException {
        Set<String> known = keys(words("en"));
        for (OrderAction action : OrderAction.values()) {
            assertTrue(known.contains("action." + action.text()), action.text());
            assertTrue(known.contains("action." + action.text() + ".help"), action.text());
        }
        Stream.of(Origin.values()).forEach(each -> assertTrue(known.contains("origin." + each.text()), each.text()));
        Stream.of(Basis.Type.values()).forEach(each -> assertTrue(known.contains("basis." + each.text()), each.text()));
        for (Class<?> state : OrderState.class.getPermittedSubclasses()) {
            assertTrue(known.contains("order." + state.getSimpleName().toLowerCase(Locale.ROOT)), state.getName());
        }
        for (String problem : List.of(
                "missing",
                "number",
                "prefix",
                "count",
                "twice",
                "order",
                "ragged",
                "scan",
                "before",
                "past",
                "far",
                "percent",
                "condition",
                "date",
                "future",
                "time",
                "word",
                "short",
                "long",
                "taken",
                "apart",
                "unknown",
                "number-line",
                "broad",
                "too-many-lines",
                "list-name")) {
            assertTrue(known.contains("problem." + problem), problem);
        }
    }

    @Test
    void everyStateOfAnImportOfNumbersHasAWord() throws IOException {
        Set<String> known = keys(words("en"));
        for (ListImport.State state : ListImport.State.values()) {
            assertTrue(known.contains("listimport." + state.text()), state.text());
        }
    }

    @Test
    void everythingTheCentreRefusesHasASentenceInEveryLanguage() throws IOException {
        Set<String> known = keys(words("en"));
        Pattern refusal = Pattern.compile(
                "(?:Refused\\(\\s*(?:[0-9]{3},\\s*)?|Answers\\.error\\(context, [0-9]{3}, )\"([a-z-]+)\"");
        Set<String> told = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                Matcher matcher = refusal.matcher(Files.readString(source));
                while (matcher.find()) {
                    told.add("refused." + matcher.group(1));
                }
            }
        }
        assertTrue(told.size() > 20, told.toString());
        told.removeAll(known);
        assertEquals(Set.of(), told);
    }

    /** What a link of the trail says was done. */
    @Test
    void everyActionOfTheTrailHasAWord() throws IOException {
        Set<String> known = keys(words("en"));
        Pattern action =
                Pattern.compile("\"((?:account|allow|appeal|audit|backup|block|call|evidence|list|list-import|look"
                        + "|order|person|recording|retention|revision|scan|session|shift|token)\\.[a-z-]+)\"");
        Set<String> done = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                Matcher matcher = action.matcher(Files.readString(source));
                while (matcher.find()) {
                    done.add("audit.act." + matcher.group(1));
                }
            }
        }
        // What a revision makes of orders is put together of a word and a state.
        done.addAll(Set.of("audit.act.order.live", "audit.act.order.shadow", "audit.act.order.expired"));
        done.removeAll(Set.of("audit.act.audit.key", "audit.act.audit.ndjson"));
        assertTrue(done.size() > 60, done.toString());
        done.removeAll(known);
        assertEquals(Set.of(), done);
    }

    @Test
    void everyStateOfAnAppealAndAnAllowEntryHasAWord() throws IOException {
        Set<String> known = keys(words("en"));
        for (Appeal.State state : Appeal.State.values()) {
            assertTrue(known.contains("appeal." + state.text()), state.text());
        }
        for (Appeal.Appellant appellant : Appeal.Appellant.values()) {
            assertTrue(known.contains("appellant." + appellant.text()), appellant.text());
        }
        for (AllowEntry.State state : AllowEntry.State.values()) {
            assertTrue(known.contains("allow." + state.text()), state.text());
        }
        for (AllowEntry.Origin origin : AllowEntry.Origin.values()) {
            assertTrue(known.contains("allow.origin." + origin.text()), origin.text());
        }
    }

    @Test
    void noPageWritesStylesOrHandlersIntoItsMarkup() throws IOException {
        for (Path page : scripts()) {
            String text = Files.readString(page);
            assertTrue(!text.contains(" style=") && !text.matches("(?s).*\\son[a-z]+=\".*"), page.toString());
        }
    }

    private static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(CONSOLE)) {
            return files.filter(file -> file.toString().endsWith(".js")).toList();
        }
    }

    private static JsonNode words(String language) throws IOException {
        try (InputStream in = ConsolePages.class.getResourceAsStream("console/words/" + language + ".json")) {
            return new ObjectMapper().readTree(in);
        }
    }

    private static Set<String> keys(JsonNode words) {
        Set<String> keys = new TreeSet<>();
        words.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private static Set<String> placeholders(JsonNode word) {
        Set<String> names = new TreeSet<>();
        Matcher matcher =
                PLACEHOLDER.matcher(word.toString().replaceFirst("^\\{", "").replaceFirst("}$", ""));
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }
}
