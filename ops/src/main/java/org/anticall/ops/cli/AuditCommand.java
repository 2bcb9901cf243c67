package org.anticall.ops.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.anticall.ops.audit.AuditExaminer;
import org.anticall.ops.audit.AuditLines;
import org.anticall.ops.audit.AuditProof;
import org.anticall.ops.audit.AuditProof.Broken;
import org.anticall.ops.audit.AuditProof.Sound;
import org.anticall.ops.audit.HeadKey;
import org.anticall.ops.audit.SignedCut;
import org.anticall.ops.audit.SignedHead;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anticall audit}: proves that a trail is whole, with no database, no server and no trust in either; signs its head. */
@Command(name = "audit", description = "Proves that an exported audit trail is whole.", mixinStandardHelpOptions = true)
final class AuditCommand implements Runnable {

    private static final Duration WITHIN = Duration.ofSeconds(30);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "What to do with the trail is missing: sign, verify");
    }

    /** {@code audit verify FILE|URL}: exit status 1 if a link is broken. */
    @Command(
            name = "verify",
            description = "Checks every link and every signed head; names the first broken one.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Without --key the file's own key is taken: that shows damage, not a forger who has made a key of his own.",
                "A URL is a centre, such as http://127.0.0.1:8080; it takes a token with the scope see-audit."
            })
    int verify(
            @Parameters(paramLabel = "FILE|URL", description = "An exported trail, or the centre to get it from.")
                    String place,
            @Option(
                            names = "--key",
                            paramLabel = "KEY",
                            description = "The public key you trust, or a file that holds it.")
                    @Nullable
                    String key,
            @Option(names = "--head", paramLabel = "FILE", description = "A signed head from earlier.") @Nullable
                    Path head,
            @Mixin WhyOption why,
            @Mixin TokenOption token,
            @Mixin TrustOption trust,
            @Mixin OutputOption output)
            throws InterruptedException {
        AuditExaminer examiner = new AuditExaminer(key == null ? null : key(key), head == null ? null : head(head));
        AuditProof proof;
        try (BufferedReader lines = open(place, why, token.token(), trust)) {
            proof = examiner.examine(lines);
        } catch (IOException unreadable) {
            throw CommandFailure.usage(place + ": " + reason(unreadable));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(output.isJson() ? Json.line(fields(place, proof)) : sentence(place, proof));
        out.flush();
        return proof instanceof Sound ? ExitStatus.WELL : ExitStatus.NOT_WELL;
    }

    /** {@code audit sign}: the head of a running centre's trail, signed now. */
    @Command(
            name = "sign",
            description = "Signs the head of a running centre's trail now and prints it, to be kept elsewhere.",
            mixinStandardHelpOptions = true)
    int sign(@Mixin Centre centre) {
        return centre.tell(
                centre.post("/api/audit/head", Centre.body()),
                head -> Stream.of("link " + head.path("seq").asText() + " of "
                        + head.path("at").asText() + ": " + head.path("hash").asText()));
    }

    private static BufferedReader open(String place, WhyOption why, @Nullable String token, TrustOption trust)
            throws IOException, InterruptedException {
        if (!place.matches("https?://.*")) {
            return Files.newBufferedReader(RuleBooks.readable(Path.of(place)));
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(why.on(place.replaceFirst("/+$", "") + "/api/audit/export")))
                .timeout(WITHIN);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<InputStream> answer =
                trust.client(WITHIN).send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            answer.body().close();
            throw new IOException(
                    switch (answer.statusCode()) {
                        case 400 -> "a reason, if given, has 3 to 200 characters: --why, ANTICALL_WHY";
                        case 401, 403 ->
                            "this needs a token with the scope see-audit, in ANTICALL_TOKEN or --token-file";
                        default -> "the centre answered with status " + answer.statusCode();
                    });
        }
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    private static HeadKey key(String text) {
        try {
            Path file = Path.of(text);
            return HeadKey.parse(Files.isRegularFile(file) ? Files.readString(file) : text);
        } catch (IOException | IllegalArgumentException notAKey) {
            throw CommandFailure.usage("--key: " + reason(notAKey));
        }
    }

    private static SignedHead head(Path file) {
        try {
            return AuditLines.headOf(Files.readString(RuleBooks.readable(file)).strip());
        } catch (IOException | IllegalArgumentException notAHead) {
            throw CommandFailure.usage(file + ": " + reason(notAHead));
        }
    }

    private static String reason(Exception thrown) {
        String message = thrown.getMessage();
        return message == null ? thrown.getClass().getSimpleName() : message;
    }

    private static String sentence(String place, AuditProof proof) {
        if (proof instanceof Broken broken) {
            return place + ": broken at link " + broken.seq() + ", line " + broken.line() + ": " + broken.what();
        }
        Sound sound = (Sound) proof;
        String signed = sound.lastHead() == null
                ? "no signed head"
                : sound.heads() + " signed heads, the last of link "
                        + sound.lastHead().seq() + " at "
                        + sound.lastHead().at() + ", by key " + sound.keyId()
                        + (sound.pinned() ? "" : " (named by the file itself; give --key to trust it)");
        SignedCut cut = sound.cut();
        String begins = cut == null ? "" : " after link " + cut.seq() + ", where the trail was cut off at " + cut.at();
        return place + ": whole, " + sound.links() + " links" + begins + ", " + signed;
    }

    private static Map<String, Object> fields(String place, AuditProof proof) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("place", place);
        fields.put("whole", proof instanceof Sound);
        if (proof instanceof Broken broken) {
            fields.put("line", broken.line());
            fields.put("link", broken.seq());
            fields.put("what", broken.what());
        } else if (proof instanceof Sound sound) {
            fields.put("links", sound.links());
            fields.put("cutAfter", sound.cut() == null ? 0 : sound.cut().seq());
            fields.put("hash", sound.hash());
            fields.put("heads", sound.heads());
            fields.put(
                    "signedUpTo",
                    sound.lastHead() == null ? 0 : sound.lastHead().seq());
            fields.put("key", sound.keyId());
            fields.put("pinned", sound.pinned());
        }
        return fields;
    }
}
