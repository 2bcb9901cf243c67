package org.anticall.ops.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.anticall.rules.Activation;
import org.anticall.rules.bundle.BundleContents;
import org.anticall.rules.bundle.BundleSigner;
import org.anticall.rules.bundle.Manifest;
import org.anticall.rules.bundle.SigningKeys;
import org.anticall.rules.model.ListLoader;
import org.anticall.rules.model.Reading;
import org.anticall.rules.model.RuleSetReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anticall rules bundle}: signs a rule file and its lists. */
@Command(
        name = "bundle",
        description = "Signs a rule file with its lists, after it was compiled and its tests were run.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "Exit status: 0 signed, 1 the rules have problems, 2 usage."})
final class RulesBundleCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The rule file; its lists stand beside it.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--key", required = true, paramLabel = "FILE", description = "Private key, PEM.")
    @SuppressWarnings("NullAway.Init")
    private Path key;

    @Option(names = "--public-key", required = true, paramLabel = "FILE", description = "Its public half, PEM.")
    @SuppressWarnings("NullAway.Init")
    private Path publicKey;

    @Option(names = "--revision", required = true, paramLabel = "N", description = "Revision, above all before.")
    private long revision;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "7",
            description = "Days it may go live in (default: 7).")
    private int days;

    @Option(names = "--home", paramLabel = "KZ|BY", description = "Home country (default: the one the file names).")
    private @Nullable String home;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where the bundle goes.")
    @SuppressWarnings("NullAway.Init")
    private Path target;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public Integer call() throws IOException {
        RuleFile rules = RuleFile.of(file);
        PrintWriter out = spec.commandLine().getOut();
        if (rules.lint(home) instanceof Activation.Rejected rejected) {
            rejected.problems().forEach(out::println);
            out.flush();
            return ExitStatus.NOT_WELL;
        }
        Instant now = Instant.now();
        BundleContents contents;
        byte[] signed;
        try {
            contents = BundleContents.of(
                    rules.home(home),
                    revision,
                    Math.max(0, revision - 1),
                    now,
                    now.plus(Duration.ofDays(days)),
                    parts(rules));
            signed = new BundleSigner(keys()).sign(contents);
        } catch (IllegalArgumentException wrong) {
            throw CommandFailure.usage(String.valueOf(wrong.getMessage()));
        }
        Files.write(target, signed);
        if (output.isJson()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("bundle", target.toString());
            fields.put("revision", revision);
            fields.put("parts", contents.parts().keySet());
            fields.put("bytes", signed.length);
            out.println(Json.line(fields));
        } else {
            out.println(target + ": revision " + revision + ", "
                    + contents.parts().size() + " parts, " + signed.length + " bytes");
        }
        out.flush();
        return ExitStatus.WELL;
    }

    private KeyPair keys() throws IOException {
        return new KeyPair(
                SigningKeys.publicKey(Files.readString(RuleBooks.readable(publicKey))),
                SigningKeys.privateKey(Files.readString(RuleBooks.readable(key))));
    }

    /** The rule file and every list it names, byte for byte. */
    private static NavigableMap<String, byte[]> parts(RuleFile rules) throws IOException {
        TreeMap<String, byte[]> parts = new TreeMap<>();
        String text = rules.source().rules();
        ListLoader keeping = name -> {
            try (InputStream list = rules.source().list(name)) {
                parts.put(name, list.readAllBytes());
            }
            return InputStream.nullInputStream();
        };
        if (RuleSetReader.read(rules.source().name(), text, keeping) instanceof Reading.Unreadable unreadable) {
            throw CommandFailure.usage(RuleBooks.text(unreadable.problems()));
        }
        parts.put(Manifest.RULES, text.getBytes(StandardCharsets.UTF_8));
        return parts;
    }
}
