package org.anticall.ops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.anticall.ops.OpsServer;
import org.anticall.ops.RunningCentre;
import org.anticall.ops.StartFailure;
import org.anticall.ops.config.OpsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands at a centre whose certificate its own authority has signed. */
class CommandsOverTlsTest {

    @TempDir
    Path directory;

    @Test
    void theCentreIsBelievedIfItsAuthorityIsNamed() throws Exception {
        Path authority = directory.resolve("state/keys/transport-ca.pem");
        Path token = Files.writeString(directory.resolve("token"), "act_nobody_knows");
        try (OpsServer centre = start()) {
            String url = "https://127.0.0.1:" + centre.httpAddress().getPort();
            String[] commands = {"gateways --centre " + url, "audit verify " + url};
            for (String command : commands) {
                String known = complaint(command + " --token-file " + token + " --trust " + authority);
                assertTrue(known.contains("signed in") || known.contains("scope see-audit"), known);

                String unknown = complaint(command + " --token-file " + token);
                assertTrue(unknown.contains("certification path"), unknown);

                String missing = complaint(command + " --token-file " + token + " --trust nowhere.pem");
                assertTrue(missing.contains("--trust: nowhere.pem cannot be read: there is no such file"), missing);
            }
        }
    }

    private static String complaint(String command) {
        StringWriter complaint = new StringWriter();
        int status =
                Anticall.run(new PrintWriter(new StringWriter()), new PrintWriter(complaint), command.split(" ", -1));
        assertEquals(2, status, complaint::toString);
        return complaint.toString();
    }

    private OpsServer start() throws StartFailure {
        OpsConfig.ConsoleTls tls = new OpsConfig.ConsoleTls(null, null, List.of("127.0.0.1"));
        return OpsServer.start(RunningCentre.config(directory.resolve("state"), tls));
    }
}
