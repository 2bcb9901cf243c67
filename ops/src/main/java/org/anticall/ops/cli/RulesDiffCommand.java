package org.anticall.ops.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.anticall.rules.RuleSetDiff;
import org.anticall.rules.model.Rule;
import org.anticall.rules.number.NumberList;
import org.anticall.rules.number.NumberListDiff;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anticall rules diff}: what changes for calls when one rule set follows another. */
@Command(
        name = "diff",
        description = "Tells in words what changes when the second rule set follows the first.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit status: 0 both judge every call the same, 1 they differ, 2 usage."})
final class RulesDiffCommand implements Callable<Integer> {

    private static final int ENTRIES_NAMED = 10;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "A", description = "Rule file or bundle.")
    @SuppressWarnings("NullAway.Init")
    private Path before;

    @Parameters(index = "1", paramLabel = "B", description = "Rule file or bundle.")
    @SuppressWarnings("NullAway.Init")
    private Path after;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public Integer call() {
        RuleSetDiff diff = RuleSetDiff.between(
                RuleFile.of(before).ruleSet(), RuleFile.of(after).ruleSet(), ENTRIES_NAMED);
        PrintWriter out = spec.commandLine().getOut();
        if (output.isJson()) {
            out.println(Json.line(fields(diff)));
        } else {
            print(diff, out);
        }
        out.flush();
        return diff.isEmpty() ? ExitStatus.WELL : ExitStatus.NOT_WELL;
    }

    private static void print(RuleSetDiff diff, PrintWriter out) {
        if (diff.isEmpty()) {
            out.println("no difference");
        }
        diff.added()
                .forEach(rule ->
                        out.println("+ rule " + rule.id() + ": " + rule.title().en()));
        diff.removed()
                .forEach(rule ->
                        out.println("- rule " + rule.id() + ": " + rule.title().en()));
        diff.changed().forEach((id, changes) -> {
            out.println("~ rule " + id);
            for (RuleSetDiff.Change change : changes) {
                out.println(
                        "    " + change.key() + ": " + orNothing(change.before()) + " -> " + orNothing(change.after()));
            }
        });
        diff.lists().forEach((name, list) -> {
            out.println("~ list " + name + ": " + list.added() + " added, " + list.removed() + " removed, "
                    + list.changed() + " changed");
            print("+", list.added(), list.addedFirst(), out);
            print("-", list.removed(), list.removedFirst(), out);
            print("~", list.changed(), list.changedFirst(), out);
        });
    }

    private static void print(String mark, int count, List<NumberList.Entry> first, PrintWriter out) {
        first.forEach(entry -> out.println(
                "    " + mark + " " + entry.text() + (entry.note().isEmpty() ? "" : " (" + entry.note() + ")")));
        if (count > first.size()) {
            out.println("    " + mark + " and " + (count - first.size()) + " more");
        }
    }

    private static Map<String, Object> fields(RuleSetDiff diff) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("same", diff.isEmpty());
        fields.put("added", diff.added().stream().map(Rule::id).toList());
        fields.put("removed", diff.removed().stream().map(Rule::id).toList());
        Map<String, Object> changed = new LinkedHashMap<>();
        diff.changed().forEach((id, changes) -> {
            List<Map<String, String>> list = new ArrayList<>();
            changes.forEach(change ->
                    list.add(Map.of("key", change.key(), "before", change.before(), "after", change.after())));
            changed.put(id, list);
        });
        fields.put("changed", changed);
        Map<String, Object> lists = new LinkedHashMap<>();
        diff.lists().forEach((name, list) -> lists.put(name, fields(list)));
        fields.put("lists", lists);
        return fields;
    }

    private static Map<String, Object> fields(NumberListDiff list) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("added", list.added());
        fields.put("removed", list.removed());
        fields.put("changed", list.changed());
        fields.put(
                "addedFirst",
                list.addedFirst().stream().map(NumberList.Entry::text).toList());
        fields.put(
                "removedFirst",
                list.removedFirst().stream().map(NumberList.Entry::text).toList());
        fields.put(
                "changedFirst",
                list.changedFirst().stream().map(NumberList.Entry::text).toList());
        return fields;
    }

    private static String orNothing(String text) {
        return text.isEmpty() ? "nothing" : text;
    }
}
