package org.anticall.ops.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.anticall.ops.audit.AuditExaminer;
import org.anticall.ops.audit.AuditProof;
import org.anticall.ops.audit.HeadSigner;
import org.anticall.ops.config.KeyFile;
import org.anticall.ops.config.OpsConfig;
import org.anticall.ops.store.Database;
import org.anticall.ops.store.Restore;
import org.anticall.ops.store.StoreUnavailable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anticall restore}: a backup into an empty database; the audit trail is proved whole at once. */
@Command(
        name = "restore",
        description = "Puts a backup into a database that holds nothing yet, of either kind.",
        mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec spec;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The centre's configuration, YAML.")
    @SuppressWarnings("NullAway.Init") // required
    private Path config;

    @Option(names = "--from", required = true, paramLabel = "FILE", description = "The backup.")
    @SuppressWarnings("NullAway.Init") // required
    private Path from;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public Integer call() {
        OpsConfig read = CentreStore.read(config);
        try {
            Restore.Contents contents;
            try (Database database =
                    CentreStore.openForRestore(read, Restore.look(from).schema())) {
                contents = Restore.read(from, database, CentreStore.keys(read));
            }
            AuditProof proof;
            try (Database database = CentreStore.open(read)) {
                proof = proof(database, read);
            }
            return tell(contents, proof);
        } catch (StoreUnavailable | IOException failed) {
            throw CommandFailure.usage(String.valueOf(failed.getMessage()));
        }
    }

    private static AuditProof proof(Database database, OpsConfig config) throws IOException {
        HeadSigner signer =
                new HeadSigner(KeyFile.openOrMake(CentreStore.keys(config).resolve("audit.key")));
        StringBuilder lines = new StringBuilder();
        database.audit().export(signer, line -> lines.append(line).append('\n'));
        return new AuditExaminer(signer.key(), null).examine(new BufferedReader(new StringReader(lines.toString())));
    }

    private int tell(Restore.Contents contents, AuditProof proof) {
        long sum =
                contents.tables().values().stream().mapToLong(Long::longValue).sum();
        boolean whole = proof instanceof AuditProof.Sound;
        String trail = proof instanceof AuditProof.Broken broken
                ? "the audit trail is broken at link " + broken.seq() + ": " + broken.what()
                : "the audit trail is whole";
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("file", from.toString());
        fields.put("at", contents.at().toString());
        fields.put("rows", sum);
        fields.put("trailWhole", whole);
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                output.isJson()
                        ? Json.line(fields)
                        : from + ": " + sum + " rows of " + contents.at() + " restored, " + trail);
        out.flush();
        return whole ? ExitStatus.WELL : ExitStatus.NOT_WELL;
    }
}
