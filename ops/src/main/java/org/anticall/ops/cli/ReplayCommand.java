package org.anticall.ops.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.anticall.rules.Replay;
import org.anticall.rules.RuleBook;
import org.anticall.rules.record.DecisionRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anticall replay}: judges recorded calls again and tells whether the verdict is the recorded one. */
@Command(
        name = "replay",
        description = "Judges recorded calls again with the rules of their revision and compares every field.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Records are lines of JSON as gateways write them: one, a file of many, or a folder of such files.",
            "Calls that no rule judged (bypass, overload, a failure, a caller who gave up) are counted and left out.",
            "Exit status: 0 every verdict is the same in every field, 1 one is not, 2 usage."
        })
final class ReplayCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec spec;

    @Parameters(paramLabel = "RECORD", description = "Decision records.")
    @SuppressWarnings("NullAway.Init")
    private Path records;

    @Option(
            names = "--bundle",
            required = true,
            paramLabel = "FILE",
            description = "The rules that were in force: a bundle, or a rule file with its lists.")
    @SuppressWarnings("NullAway.Init")
    private Path bundle;

    @Option(
            names = "--home",
            paramLabel = "KZ|BY",
            description = "Home country of rule files (default: the one they name).")
    private @Nullable String home;

    @Mixin
    private final OutputOption output = new OutputOption();

    private long same;
    private long different;
    private long unjudged;

    @Override
    public Integer call() {
        RuleBook book = RuleFile.of(bundle).book(home);
        PrintWriter out = spec.commandLine().getOut();
        Progress progress = new Progress(spec.commandLine().getErr(), "records judged");
        RecordFiles.at(records).each((place, record) -> {
            replay(book, place, record, out);
            progress.one();
        });
        if (output.isJson()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("same", same);
            fields.put("different", different);
            fields.put("unjudged", unjudged);
            fields.put("revision", book.revision());
            fields.put("ruleSetHash", book.hash());
            out.println(Json.line(fields));
        } else {
            out.println(same + " the same, " + different + " different, " + unjudged + " not judged by rules; revision "
                    + book.revision());
        }
        out.flush();
        return different == 0 ? ExitStatus.WELL : ExitStatus.NOT_WELL;
    }

    private void replay(RuleBook book, String place, DecisionRecord record, PrintWriter out) {
        Replay replay = Replay.of(book, record);
        if (!replay.judged()) {
            unjudged++;
        } else if (replay.isSame()) {
            same++;
        } else {
            different++;
            tell(place, record.id(), replay.differences(), out);
        }
    }

    private void tell(String place, String id, List<Replay.Difference> differences, PrintWriter out) {
        if (output.isJson()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("record", id);
            fields.put("place", place);
            fields.put(
                    "differences",
                    differences.stream()
                            .map(each -> Map.of(
                                    "field", each.field(), "recorded", each.recorded(), "replayed", each.replayed()))
                            .toList());
            out.println(Json.line(fields));
            return;
        }
        out.println(place + ": record " + id + " comes out otherwise");
        differences.forEach(each ->
                out.println("  " + each.field() + ": recorded " + each.recorded() + ", replayed " + each.replayed()));
    }
}
