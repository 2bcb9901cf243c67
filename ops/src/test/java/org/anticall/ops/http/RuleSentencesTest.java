package org.anticall.ops.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anticall.rules.Activation;
import org.anticall.rules.RuleBook;
import org.anticall.rules.RuleSource;
import org.anticall.rules.bundle.Refusal;
import org.anticall.rules.model.RuleProblem;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the compiler says of rules is read in three languages: its sentences, provoked here one by one, have words in the
 * console. The forms are read out of the page's own file, so that neither side can change alone.
 */
class RuleSentencesTest {

    private static final Path FILE = Path.of("src/main/resources/org/anticall/ops/http/console/rule-sentences.js");
    private static final Pattern TABLE = Pattern.compile("const ([A-Z]+) = \\[");
    private static final Pattern LINE = Pattern.compile("\\s*\\[\"([A-Za-z.]+)\", /(.+)/],");

    private static final Map<String, Map<String, Pattern>> TABLES = new LinkedHashMap<>();

    @BeforeAll
    static void readTheForms() throws IOException {
        String table = "";
        for (String line : Files.readAllLines(FILE)) {
            Matcher begins = TABLE.matcher(line);
            Matcher form = LINE.matcher(line);
            if (begins.find()) {
                table = begins.group(1);
                TABLES.put(table, new LinkedHashMap<>());
            } else if (form.matches()) {
                TABLES.get(table).put(form.group(1), Pattern.compile(form.group(2)));
            }
        }
    }

    @Test
    void everyFormHasWordsInEveryLanguage() throws IOException {
        assertEquals(List.of("AROUND", "SENTENCES", "EXPECTING", "EXPECTED"), List.copyOf(TABLES.keySet()));
        for (String language : List.of("en", "ru", "kk")) {
            JsonNode words = new ObjectMapper()
                    .readTree(FILE.resolveSibling("words/" + language + ".json").toFile());
            TABLES.values().forEach(table -> table.keySet()
                    .forEach(key -> assertTrue(words.has(key), language + " lacks " + key)));
        }
    }

    @Test
    void whatIsWrongWithAConditionIsSaidInTheReadersLanguage() {
        List<String> said = new ArrayList<>();
        for (String condition : List.of(
                "{caller: {number: [\"+0\"]}}",
                "{caller: {range: \"+77172500000..+7717\"}}",
                "{caller: {list: nobody}}",
                "{caller: {country: [999]}}",
                "{caller: {class: fixed}}",
                "{caller: {neighbour-of: {callee: 99}}}",
                "{caller: {colour: red}}",
                "{colour: red}",
                "{trunk: abroad}",
                "{privacy: perhaps}",
                "{fingerprint: zz}",
                "{mark: scar}",
                "{caller-roaming: mars}",
                "{caller-roaming-country: turkey}",
                "{time: late}",
                "{weekday: someday}",
                "{date: tomorrow}",
                "{behaviour: {distinct-callees: {at-least: 20}}}",
                "{behaviour: {distinct-callees: {within: 10m}}}",
                "{behaviour: {distinct-callees: {within: a while, at-least: 20}}}",
                "{behaviour: {distinct-callees: {within: 10m, at-least: 1001}}}",
                "{all: []}",
                "{all: national}",
                "{not: ".repeat(9) + "{trunk: national}" + "}".repeat(9),
                "{not: ".repeat(40) + "{trunk: national}" + "}".repeat(40),
                "{callee: {number: [112]}}",
                "[]",
                "{trunk: national, trunk: outbound}")) {
            List<String> problems = problems("", rule("when: " + condition + "\n    then: divert"), "");
            assertTrue(!problems.isEmpty(), condition + " is well");
            said.addAll(problems);
        }
        assertSaid(said);
    }

    @Test
    void whatIsWrongWithARuleAListOrATestIsSaidInTheReadersLanguage() {
        String well = rule("when: {trunk: national}\n    then: {label: x}");
        List<String> said = new ArrayList<>();
        said.addAll(problems("", rule("then: pass"), ""));
        said.addAll(problems("", rule("when: {trunk: national}"), ""));
        said.addAll(
                problems("", rule("when: {trunk: national}\n    then: reject").replace("legal-basis", "legal"), ""));
        said.addAll(problems("", rule("when: {trunk: national}\n    stage: signs\n    then: reject"), ""));
        said.addAll(problems("", rule("when: {trunk: national}\n    stage: allow\n    then: divert"), ""));
        said.addAll(problems("", rule("when: {trunk: national}\n    then: {label: a very long label}"), ""));
        said.addAll(problems("", well + well, ""));
        said.addAll(problems("", well.replace("id: O1", "id: N01"), ""));
        said.addAll(problems("", well + well.replace("O1", "O2"), ""));
        said.addAll(problems("", well.replace("2027-01-01", "2025-01-01"), ""));
        said.addAll(problems("", well.replace("2027-01-01T00:00:00+05:00", "soon"), ""));
        said.addAll(problems("", well.replace("priority: 7", "priority: 10000"), ""));
        said.addAll(problems("", well.replace("priority: 7", "mode: live"), ""));
        said.addAll(problems("lists: {fraud: {file: fraud.csv}}\n", well, "+447700900217\n+447700900217\n"));
        said.addAll(problems("lists: {fraud: {file: fraud.csv}}\n", well, "nonsense\n+447700900217;soon\n"));
        said.addAll(problems("", well, "").isEmpty() ? List.of() : List.of("a rule that is well"));
        said.addAll(problems(
                "tests: [{call: a call, given: {from: \"+447700900217\", to: \"+77172345641\"}, expect: {verdict: reject}}]\n",
                well,
                ""));
        assertSaid(said);
    }

    @Test
    void whatIsWrongWithOrdersOfATableIsSaidInTheReadersLanguage() {
        String well =
                "17;live;reject;2026-01-01T00:00:00+05:00;2027-01-01T00:00:00+05:00;prosecutor-order;17;2026-01-01;"
                        + "Office;Title;;+447700900217";
        List<String> said = new ArrayList<>();
        for (String table : List.of(
                well.replace("17;live", "none;live"),
                well.replace(";live;", ";perhaps;"),
                well.replace(";reject;", ";hang-up;"),
                well.replace("2026-01-01T00:00:00+05:00", "soon"),
                well.replace("2026-01-01T00:00:00+05:00", "2028-01-01T00:00:00+05:00"),
                well.replace("prosecutor-order", "neighbour"),
                well.replace(";17;", ";;"),
                well.replace(";2026-01-01;", ";yesterday;"),
                well.replace(";Office;", ";;"),
                well.replace(";Title;", ";;"),
                well.replace(";;+44", ";112;+44"),
                well.replace(";;+44", ";+77172*;+0"),
                well + " +447700900217",
                well.replace("+447700900217", "+447700900217 ".repeat(10_001).strip()),
                well + ";more",
                well.replace(";;+44", ";+77*;+44"))) {
            List<String> problems = problems(table, well);
            assertTrue(!problems.isEmpty(), table.length() > 200 ? "many numbers are well" : table + " is well");
            said.addAll(problems);
        }
        said.addAll(problems(well, well.replace("17;live", "17;shadow")));
        assertSaid(said);
    }

    @Test
    void whyAGatewayRefusesARevisionHasWordsInEveryLanguage() throws IOException {
        for (String language : List.of("en", "ru", "kk")) {
            JsonNode words = new ObjectMapper()
                    .readTree(FILE.resolveSibling("words/" + language + ".json").toFile());
            for (Refusal refusal : Refusal.values()) {
                assertTrue(words.has("refusal." + refusal.text()), language + " lacks " + refusal);
            }
        }
    }

    /** What the centre writes down as its own reason for a revision, by the source that says it. */
    @Test
    void whyTheCentrePublishesByItselfIsSaidInTheReadersLanguage() throws IOException {
        List<Pattern> forms = new ArrayList<>();
        for (String line : Files.readAllLines(FILE.resolveSibling("order-parts.js"))) {
            Matcher form = LINE.matcher(line);
            if (form.matches()) {
                forms.add(Pattern.compile(form.group(2)));
            }
        }
        Map<String, String> reasons = Map.of(
                "the policy that the centre began with", "publish/Publisher.java",
                "orders whose time is over: [1, 22]", "publish/Publisher.java",
                "signed with the key 0a1b", "publish/Publisher.java",
                "fell back to shadow: orders [7]", "publish/Breaker.java",
                "emergency orders that had not reached the gateways: [7, 8]", "AuthorityRound.java",
                "allow entries that had not reached the gateways", "AuthorityRound.java");
        Path sources = Path.of("src/main/java/org/anticall/ops");
        for (Map.Entry<String, String> each : reasons.entrySet()) {
            String said = each.getKey().replaceFirst("\\[.*|0a1b", "");
            assertTrue(Files.readString(sources.resolve(each.getValue())).contains(said), said);
            assertTrue(
                    forms.stream().anyMatch(form -> form.matcher(each.getKey()).matches()), said);
        }
    }

    /** What is wrong with a rule file whose orders stand in two tables. */
    private static List<String> problems(String first, String second) {
        String orders = "orders: {title: t, reason: r, tables: [[\"" + first + "\"], [\"" + second + "\"]]}\n";
        return problems(orders, rule("when: {trunk: national}\n    then: {label: x}"), "");
    }

    private static void assertSaid(List<String> said) {
        TreeSet<String> english = new TreeSet<>();
        for (String each : said) {
            if (!hasWords(each)) {
                english.add(each);
            }
        }
        assertTrue(said.size() > 10, said.toString());
        assertEquals("", String.join("\n", english), "sentences without words");
    }

    /** As the page looks for words, with nothing of the English sentence left over. */
    private static boolean hasWords(String sentence) {
        Matcher around = first("AROUND", sentence);
        if (around != null) {
            return hasWords(around.group("what"));
        }
        if (first("SENTENCES", sentence) != null) {
            return true;
        }
        Matcher expecting = first("EXPECTING", sentence);
        return expecting != null && first("EXPECTED", expecting.group("expected")) != null;
    }

    private static Matcher first(String table, String text) {
        for (Pattern form : TABLES.get(table).values()) {
            Matcher matcher = form.matcher(text);
            if (matcher.matches()) {
                return matcher;
            }
        }
        return null;
    }

    private static String rule(String rest) {
        return "  - id: O1\n"
                + "    title: an order\n"
                + "    priority: 7\n"
                + "    valid: {from: \"2026-01-01T00:00:00+05:00\", until: \"2027-01-01T00:00:00+05:00\"}\n"
                + "    legal-basis: {type: operator-contract, document: 7-1, date: 2026-11-21, office: Astana}\n"
                + "    " + rest + "\n";
    }

    private static List<String> problems(String head, String rules, String list) {
        String yaml = "home: KZ\n" + head + "rules:\n" + rules;
        Activation activation = RuleBook.forHome("KZ").activate(new RuleSource() {
            @Override
            public String name() {
                return "rules.yaml";
            }

            @Override
            public String rules() {
                return yaml;
            }

            @Override
            public InputStream list(String file) {
                return new ByteArrayInputStream(list.getBytes(StandardCharsets.UTF_8));
            }
        });
        return activation instanceof Activation.Rejected rejected
                ? rejected.problems().stream().map(RuleProblem::toString).toList()
                : List.of();
    }
}
