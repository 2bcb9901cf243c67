package org.anticall.ops.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.anticall.ops.acceptance.Needs;
import org.anticall.ops.publish.BundleKeys;
import org.anticall.ops.publish.Publisher;
import org.anticall.ops.publish.Shelf;
import org.anticall.ops.store.Database;
import org.anticall.rules.RuleSource;
import org.anticall.rules.bundle.BundleLimits;
import org.anticall.rules.bundle.BundleVerifier;
import org.anticall.rules.bundle.PinnedKeys;
import org.anticall.rules.bundle.SigningKeys;
import org.anticall.rules.bundle.Verification;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token with PKCS #11 (SoftHSM) that makes the key of bundles and never lets it out, and the program that has it sign. */
class TokenIT {

    private static final String PIN = "4711";
    private static final Path SIGNS = Path.of("example/sign-with-token").toAbsolutePath();

    @TempDir
    Path directory;

    private Path keys;
    private String module;

    @BeforeEach
    void aTokenWithAKey() throws Exception {
        Needs.program("softhsm2-util", "softhsm2");
        Needs.program("pkcs11-tool", "opensc");
        module = module();
        Process python = new ProcessBuilder("/usr/bin/python3", "-c", "import PyKCS11").start();
        if (python.waitFor() != 0) {
            throw Needs.missing("PyKCS11 is not installed (Debian package python3-pykcs11)");
        }
        Path tokens = Files.createDirectory(directory.resolve("tokens"));
        Files.writeString(
                directory.resolve("softhsm2.conf"),
                "directories.tokendir = " + tokens + "\nobjectstore.backend = file\nlog.level = ERROR\n");
        run("softhsm2-util", "--init-token", "--free", "--label", "anticall", "--pin", PIN, "--so-pin", "0815");
        token(
                "--login",
                "--pin",
                PIN,
                "--keypairgen",
                "--key-type",
                "EC:edwards25519",
                "--label",
                "bundle",
                "--id",
                "01");
        keys = Files.createDirectory(directory.resolve("keys"));
        token("--read-object", "--type", "pubkey", "--id", "01", "--output-file", file("bundle-token.pem"));
        secret("pin", PIN);
        secret(
                "bundle.token",
                "# the token of the centre",
                "env",
                "SOFTHSM2_CONF=" + directory.resolve("softhsm2.conf"),
                SIGNS.toString(),
                module,
                "anticall",
                "bundle",
                file("pin"));
    }

    @Test
    void whatTheTokenSignsIsBelievedByGatewaysAndTheKeyIsNowhereElse() throws Exception {
        BundleKeys opened = BundleKeys.openOrMake(keys);
        try (Database database = Database.open(directory.resolve("centre"), null)) {
            Publisher publisher =
                    new Publisher("KZ", RuleSource.reference("KZ"), opened, database, new Shelf(), Clock.systemUTC());
            publisher.begin();
            byte[] bundle = database.revisions().bundle(1).orElseThrow();
            BundleVerifier gateway = new BundleVerifier(
                    PinnedKeys.of(List.of(SigningKeys.publicKey(Files.readString(keys.resolve("bundle.pem"))))),
                    "KZ",
                    BundleLimits.DEFAULT);

            assertInstanceOf(Verification.Genuine.class, gateway.verify(bundle, 0, Instant.now()));
        }
        try (Stream<Path> files = Files.list(keys)) {
            assertTrue(files.noneMatch(file -> file.toString().endsWith(".key")));
        }
    }

    @Test
    void aTokenThatIsNotThereIsToldAtTheStart() throws Exception {
        Files.writeString(
                directory.resolve("softhsm2.conf"),
                "directories.tokendir = " + Files.createDirectory(directory.resolve("empty")) + "\n");

        IOException refused = assertThrows(IOException.class, () -> BundleKeys.openOrMake(keys));

        assertTrue(refused.getMessage().contains("0 tokens are called anticall"), refused.getMessage());
    }

    private static String module() {
        return Stream.of("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")
                .filter(each -> Files.exists(Path.of(each)))
                .findFirst()
                .orElseThrow(() -> Needs.missing("libsofthsm2.so is not installed (Debian package softhsm2)"));
    }

    private String file(String name) {
        return keys.resolve(name).toString();
    }

    private void secret(String name, String... lines) throws IOException {
        Files.setPosixFilePermissions(
                Files.write(keys.resolve(name), List.of(lines)), PosixFilePermissions.fromString("rw-------"));
    }

    private void token(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("pkcs11-tool", "--module", module, "--token-label", "anticall"));
        command.addAll(List.of(arguments));
        run(command.toArray(String[]::new));
    }

    private void run(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .put("SOFTHSM2_CONF", directory.resolve("softhsm2.conf").toString());
        Path said = Files.createTempFile(directory, "said", "");
        Process process = builder.redirectOutput(said.toFile()).start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), command[0]);
        assertEquals(0, process.exitValue(), Files.readString(said, StandardCharsets.UTF_8));
    }
}
