package org.anticall.ops.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.anticall.rules.Activation;
import org.anticall.rules.RuleBook;
import org.anticall.rules.bundle.BundleLimits;
import org.anticall.rules.bundle.BundleVerifier;
import org.anticall.rules.bundle.PinnedKeys;
import org.anticall.rules.bundle.SigningKeys;
import org.anticall.rules.bundle.Verification;
import org.anticall.rules.bundle.VerifiedBundle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anticall rules verify}: whether a gateway would take a bundle live. */
@Command(
        name = "verify",
        description =
                "Tells whether a gateway with these keys would take a bundle live: signature, home, revision, end,"
                        + " rules and tests.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "Exit status: 0 it would, 1 it would refuse it, 2 usage."})
final class RulesVerifyCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec spec;

    @Parameters(paramLabel = "BUNDLE", description = "The bundle.")
    @SuppressWarnings("NullAway.Init")
    private Path bundle;

    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            description = "Pinned public keys, PEM; may be repeated.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> keys;

    @Option(names = "--home", paramLabel = "KZ|BY", defaultValue = "KZ", description = "Home country (default: KZ).")
    @SuppressWarnings("NullAway.Init")
    private String home;

    @Option(
            names = "--enforced",
            paramLabel = "N",
            defaultValue = "0",
            description = "Revision in force (default: none).")
    private long enforced;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public Integer call() throws IOException {
        RuleBook book = RuleBooks.empty(home);
        byte[] bytes = Files.readAllBytes(RuleBooks.readable(bundle));
        Verification verification = new BundleVerifier(
                        PinnedKeys.of(pinned()), book.plan().home(), BundleLimits.DEFAULT)
                .verify(bytes, enforced, Instant.now());
        if (verification instanceof Verification.Refused refused) {
            return answer("refused", refused.refusal().text(), refused.message(), Map.of());
        }
        VerifiedBundle genuine = ((Verification.Genuine) verification).bundle();
        if (book.activate(genuine) instanceof Activation.Rejected rejected) {
            return answer("refused", "rules", RuleBooks.text(rejected.problems()), Map.of());
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("revision", genuine.manifest().revision());
        facts.put("home", genuine.manifest().home());
        facts.put("created", genuine.manifest().created().toString());
        facts.put("expires", genuine.manifest().expires().toString());
        facts.put("keyId", genuine.keyId());
        facts.put("hash", genuine.hash());
        facts.put("ruleSetHash", book.hash());
        return answer("genuine", "", "", facts);
    }

    private int answer(String state, String refusal, String message, Map<String, Object> facts) {
        PrintWriter out = spec.commandLine().getOut();
        boolean well = refusal.isEmpty();
        if (output.isJson()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("state", state);
            if (!well) {
                fields.put("refusal", refusal);
                fields.put("message", message);
            }
            fields.putAll(facts);
            out.println(Json.line(fields));
        } else {
            out.println(bundle + ": " + (well ? "a gateway takes it" : refusal + ": " + message));
            facts.forEach((name, value) -> out.println("  " + name + ": " + value));
        }
        out.flush();
        return well ? ExitStatus.WELL : ExitStatus.NOT_WELL;
    }

    private List<PublicKey> pinned() throws IOException {
        List<PublicKey> pinned = new ArrayList<>();
        for (Path file : keys) {
            try {
                pinned.add(SigningKeys.publicKey(Files.readString(RuleBooks.readable(file))));
            } catch (IllegalArgumentException noKey) {
                throw CommandFailure.usage(file + ": " + noKey.getMessage());
            }
        }
        return pinned;
    }
}
