package org.anticall.ops.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.anticall.rules.bundle.KeyId;
import org.anticall.rules.bundle.SigningKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anticall rules keygen}: a pair of keys for signing bundles. */
@Command(
        name = "keygen",
        description =
                "Makes a pair of Ed25519 keys for signing bundles: NAME.key for the centre, NAME.pub for gateways.",
        mixinStandardHelpOptions = true,
        footer = {"", "Files that are there already are never overwritten. Whoever reads NAME.key can make rules."})
final class RulesKeygenCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "Path of the two files, without ending.")
    @SuppressWarnings("NullAway.Init")
    private Path name;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public Integer call() {
        KeyPair pair = SigningKeys.generate();
        Path secret = Path.of(name + ".key");
        Path open = Path.of(name + ".pub");
        write(
                secret,
                SigningKeys.pem(pair.getPrivate()),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        write(open, SigningKeys.pem(pair.getPublic()));
        PrintWriter out = spec.commandLine().getOut();
        String id = KeyId.of(pair.getPublic());
        if (output.isJson()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("keyId", id);
            fields.put("private", secret.toString());
            fields.put("public", open.toString());
            out.println(Json.line(fields));
        } else {
            out.println("key " + id + ": " + secret + " signs, " + open + " verifies");
        }
        out.flush();
        return ExitStatus.WELL;
    }

    private static void write(Path file, String text, FileAttribute<?>... attributes) {
        try {
            Files.createFile(file, attributes);
            Files.writeString(file, text, StandardCharsets.US_ASCII, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException there) {
            throw CommandFailure.usage(file + ": this file is there already");
        } catch (IOException unwritable) {
            throw CommandFailure.usage(file + ": cannot be written: " + unwritable.getMessage());
        }
    }
}
