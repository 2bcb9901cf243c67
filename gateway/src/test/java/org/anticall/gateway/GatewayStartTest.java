package org.anticall.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.anticall.gateway.config.ConfigFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps a gateway from starting is one clear sentence, and nothing stays open behind it. */
class GatewayStartTest {

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void writeConfig() throws IOException {
        file = TrialConfig.write(directory);
    }

    @Test
    void aGatewayThatIsReadySaysWhereAndWithWhichRules() throws Exception {
        try (GatewayProcess gateway = start(Map.of())) {
            Pattern line = Pattern.compile("gw-1 listens on 127\\.0\\.0\\.1:\\d+/udp, admin 127\\.0\\.0\\.1:\\d+,"
                    + " rules revision 3, \\d+ rules");
            assertTrue(line.matcher(gateway.readyLine()).matches(), gateway.readyLine());
        }
    }

    @Test
    void aTakenSipPortNamesTheAddress() throws Exception {
        try (GatewayProcess first = start(Map.of())) {
            String taken = text(first.sipAddresses().get(0));
            assertProblem(
                    Map.of("ANTICALL_LISTEN", "sip:" + taken, "ANTICALL_STATE", "other"),
                    "cannot listen on " + taken + "/udp");
        }
    }

    @Test
    void aTakenAdminPortNamesTheAddressAndLeavesNothingOpen() throws Exception {
        try (GatewayProcess first = start(Map.of())) {
            String taken = text(first.adminAddress());
            assertProblem(
                    Map.of("ANTICALL_ADMIN", taken, "ANTICALL_STATE", "other"),
                    "cannot listen on " + taken + "/tcp (admin)");
            start(Map.of("ANTICALL_STATE", "other")).close();
        }
    }

    @Test
    void aStateDirectoryThatCannotBeWrittenIsNamed() throws IOException {
        Files.writeString(directory.resolve("state"), "a file");
        assertProblem(Map.of(), directory.resolve("state").toString());
    }

    @Test
    void aSharedStateDirectoryIsRefused() throws Exception {
        try (GatewayProcess first = start(Map.of())) {
            assertProblem(Map.of(), "another gateway uses this directory");
            assertFalse(first.readyLine().isEmpty());
        }
    }

    @Test
    void aFullDiskIsTold() {
        assertProblem(Map.of("ANTICALL_JOURNAL_KEEP_FREE", "1024GiB"), "MiB free");
    }

    @Test
    void aBrokenRuleFileNamesLineAndColumnAndWhatWasExpected() throws IOException {
        Files.writeString(
                directory.resolve("rules.yaml"), TrialConfig.rules(3).replace("then: reject", "then: refuse"));
        assertProblem(Map.of(), directory.resolve("rules.yaml") + ":10:");
        assertProblem(Map.of(), "refuse");
    }

    @Test
    void aReloadThatFailsKeepsTheOldRulesAndSaysWhy() throws Exception {
        try (GatewayProcess gateway = start(Map.of())) {
            Path rules = directory.resolve("rules.yaml");
            Files.writeString(rules, "rules: [");
            assertFalse(gateway.reload().isWell());
            assertTrue(gateway.readyLine().contains("rules revision 3"), gateway.readyLine());
            Files.writeString(rules, TrialConfig.rules(4));
            assertEquals(List.of("rules: revision 3 to 4"), gateway.reload().changed());
            assertTrue(gateway.readyLine().contains("rules revision 4"), gateway.readyLine());
        }
    }

    @Test
    void usageErrorsEndWithTwo() {
        assertEquals(2, Gateway.run("gateway"));
        assertEquals(2, Gateway.run("gateway", "--config"));
        assertEquals(2, Gateway.run("config", "check", "--colour", "red", file.toString()));
        assertEquals(
                2,
                Gateway.run("gateway", "--config", directory.resolve("absent").toString()));
    }

    @Test
    void configCheckEndsWithZeroOrOne() throws IOException {
        assertEquals(0, Gateway.run("config", "check", file.toString()));
        Files.writeString(directory.resolve("rules.yaml"), "rules: [");
        assertEquals(1, Gateway.run("config", "check", "-o", "json", file.toString()));
    }

    private GatewayProcess start(Map<String, String> environment) throws StartProblem {
        return GatewayProcess.start(TrialConfig.read(file, environment), () -> ConfigFile.read(file, environment));
    }

    private void assertProblem(Map<String, String> environment, String expected) {
        StartProblem problem = assertThrows(StartProblem.class, () -> start(new HashMap<>(environment)));
        assertTrue(problem.getMessage().contains(expected), problem.getMessage());
    }

    private static String text(InetSocketAddress address) {
        return InetAddress.getLoopbackAddress().getHostAddress() + ":" + address.getPort();
    }
}
