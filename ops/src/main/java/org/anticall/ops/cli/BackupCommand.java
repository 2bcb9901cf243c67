package org.anticall.ops.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.anticall.ops.config.OpsConfig;
import org.anticall.ops.store.Backup;
import org.anticall.ops.store.Database;
import org.anticall.ops.store.StoreUnavailable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anticall backup}: every row and every key of a centre in one file. */
@Command(
        name = "backup",
        description = "Writes everything a centre knows into one file.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "PostgreSQL is read while the centre runs. The embedded database belongs to one process: stop the centre first.",
            "The file holds keys and personal data; only its owner can read it."
        })
final class BackupCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec spec;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The centre's configuration, YAML.")
    @SuppressWarnings("NullAway.Init") // required
    private Path config;

    @Option(names = "--to", required = true, paramLabel = "FILE", description = "The backup, a zip file.")
    @SuppressWarnings("NullAway.Init") // required
    private Path to;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public Integer call() {
        OpsConfig read = CentreStore.read(config);
        try (Database database = CentreStore.open(read)) {
            Map<String, Long> rows = Backup.write(database, CentreStore.keys(read), to, Instant.now());
            long sum = rows.values().stream().mapToLong(Long::longValue).sum();
            PrintWriter out = spec.commandLine().getOut();
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("file", to.toString());
            fields.put("rows", sum);
            fields.put("tables", rows);
            out.println(output.isJson() ? Json.line(fields) : to + ": " + sum + " rows of " + rows.size() + " tables");
            out.flush();
            return ExitStatus.WELL;
        } catch (StoreUnavailable | IOException failed) {
            throw CommandFailure.usage(String.valueOf(failed.getMessage()));
        }
    }
}
