package org.anticall.ops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.audit.AuditLines;
import org.anticall.ops.audit.AuditLink;
import org.anticall.ops.audit.HeadSigner;
import org.anticall.ops.audit.SignedCut;
import org.anticall.ops.audit.SignedHead;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {

    @TempDir
    Path directory;

    private static final ObjectMapper JSON = new ObjectMapper();

    private HeadSigner signer;
    private Path file;
    private Path head;

    @BeforeEach
    void exportATrail() throws IOException, NoSuchAlgorithmException {
        signer = new HeadSigner(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        Instant now = Instant.parse("2026-11-21T09:40:05Z");
        AuditLink one = AuditLink.after(AuditLink.NOTHING, 1, AuditEntry.of(now, Actor.CENTRE, "a", ""));
        AuditLink two = AuditLink.after(one.hash(), 2, AuditEntry.of(now, Actor.CENTRE, "b", ""));
        SignedHead signed = signer.sign(2, two.hash(), now);
        file = Files.write(
                directory.resolve("audit.ndjson"),
                List.of(
                        AuditLines.line(signer.key()),
                        AuditLines.line(one),
                        AuditLines.line(two),
                        AuditLines.line(signed)));
        head = Files.writeString(directory.resolve("head"), AuditLines.line(signed));
    }

    private record Ran(int status, String out, String err) {}

    @Test
    void aWholeTrailIsProvedWithTheKeyAndAnEarlierHead() {
        Ran ran = run(file.toString(), "--key", signer.key().text(), "--head", head.toString());

        assertEquals(0, ran.status(), ran.err());
        assertTrue(ran.out().contains("whole, 2 links, 1 signed heads, the last of link 2"), ran.out());
        assertTrue(run(file.toString()).out().contains("named by the file itself"));
    }

    @Test
    void theFirstBrokenLinkIsNamedWithStatusOne() throws IOException {
        Files.writeString(file, Files.readString(file).replace("\"action\":\"b\"", "\"action\":\"c\""));

        Ran ran = run(file.toString(), "-o", "json");

        assertEquals(1, ran.status());
        assertTrue(ran.out().contains("\"whole\":false,\"line\":3,\"link\":2"), ran.out());
    }

    @Test
    void aTrailThatWasCutOffIsProvedFromItsCutOn() throws IOException {
        List<String> lines = Files.readAllLines(file);
        String hash = JSON.readTree(lines.get(1)).get("hash").asText();
        SignedCut cut = signer.cut(1, hash, Instant.parse("2031-11-21T09:40:05Z"));
        Files.write(file, List.of(lines.get(0), AuditLines.line(cut), lines.get(2), lines.get(3)));

        Ran ran = run(file.toString(), "--key", signer.key().text(), "--head", head.toString());

        assertEquals(0, ran.status(), ran.err());
        assertTrue(
                ran.out().contains("whole, 1 links after link 1, where the trail was cut off at 2031-11-21T09:40:05Z"),
                ran.out());
        Files.write(file, List.of(lines.get(0), lines.get(2), lines.get(3)));
        assertEquals(1, run(file.toString()).status(), "the beginning is gone and nobody signed for it");
    }

    @Test
    void whatCannotBeReadIsUsage() {
        assertEquals(2, run(directory.resolve("none").toString()).status());
        assertEquals(2, run(file.toString(), "--key", "nonsense").status());
        assertEquals(2, run(file.toString(), "--head", file.toString()).status());
    }

    private static Ran run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] all = new String[arguments.length + 2];
        all[0] = "audit";
        all[1] = "verify";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        int status = Anticall.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
        return new Ran(status, out.toString(), err.toString());
    }
}
