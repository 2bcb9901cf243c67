package org.anticall.ops.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {

    @TempDir
    Path directory;

    @BeforeEach
    void writeSecrets() throws IOException {
        Files.writeString(directory.resolve("records.token"), "s3cret\n");
        Files.writeString(directory.resolve("phone-101.password"), "one\n");
    }

    @Test
    void theExampleIsValidOnceItsSecretsAreThere() throws IOException, InvalidConfig {
        Path example = directory.resolve("ops.yaml");
        Files.copy(Path.of("example/ops.yaml"), example);
        Files.writeString(directory.resolve("phone-102.password"), "two");

        OpsConfig config = ConfigFile.read(example, Map.of());

        assertEquals(8080, config.http().getPort());
        assertEquals(directory.resolve("state/ops"), config.state());
        assertEquals("s3cret", config.recordsToken().value());
        OpsConfig.Desk desk = config.desk();
        assertNotNull(desk);
        assertEquals(
                List.of("101", "102"),
                desk.phones().stream().map(OpsConfig.Phone::user).toList());
        assertEquals("a.serik", desk.phones().get(1).account());
        assertEquals(Duration.ofSeconds(15), desk.answerWithin());
        assertEquals("127.0.0.0/8", desk.gateways().get(0).toString());
    }

    @Test
    void allProblemsAreToldAtOnceWithPathAndLine() throws IOException {
        InvalidConfig invalid = refused(
                """
                http: 8080
                state: state
                htpp: 127.0.0.1:80
                records: {token-file: nowhere}
                desk:
                  listen: "sip:desk.example:5090"
                  gateways: [127.0.0.0/33]
                  answer-within: 0s
                  phones:
                    - {user: "1 0", password: x}
                    - {user: "102"}
                    - {user: "103", password: x, account: "A. Serik"}
                """);

        assertEquals(
                List.of(
                        "line 1: http: '8080': expected an IP address and a port such as 127.0.0.1:8080",
                        "line 4: records.token-file: '" + directory.resolve("nowhere")
                                + "': expected a file that can be read",
                        "line 6: desk.listen: 'sip:desk.example:5090': expected a SIP address over UDP such as"
                                + " sip:127.0.0.1:5090;transport=udp",
                        "line 7: desk.gateways[0]: '127.0.0.0/33': expected an IP address or a block of them such as"
                                + " 192.0.2.0/24",
                        "line 8: desk.answer-within: '0s': expected a time from 1 s to 120 s such as 15s",
                        "line 10: desk.phones[0].user: '1 0': expected letters, digits, '.', '_' or '-' such as 101",
                        "desk.phones[1].password: expected either password or password-file",
                        "line 12: desk.phones[2].account: 'A. Serik': expected the name of an account such as a.serik",
                        "line 3: htpp: unknown key, known here are http, state, database, database-user, database-password-file, records, people, retention, backup, authority, desk, tls, gateways, admin"),
                invalid.problems().stream().map(ConfigProblem::text).toList());
    }

    @Test
    void holidaysTermsAndBackupsAreRead() throws IOException, InvalidConfig {
        String plain = "http: 127.0.0.1:8080\nstate: state\nrecords: {token-file: records.token}\n";
        OpsConfig.Authority usual = ConfigFile.read(write(plain), Map.of()).authority();
        assertEquals(Set.of(), usual.holidays());
        assertEquals(OpsConfig.Keeping.USUAL, usual.keeping());

        OpsConfig.Authority given = ConfigFile.read(
                        write(plain + "authority: {holidays: [2026-12-16, 2027-01-01]}\n"
                                + "retention: {recordings: 90d, audit: 3660d}\n"
                                + "backup: {directory: copies, every: 7d, keep: 1000}\n"),
                        Map.of())
                .authority();
        assertEquals(Set.of(LocalDate.parse("2026-12-16"), LocalDate.parse("2027-01-01")), given.holidays());
        assertEquals(Duration.ofDays(90), given.keeping().retention().recordings());
        assertEquals(Duration.ofDays(3_660), given.keeping().retention().audit());
        assertEquals(
                new OpsConfig.Backups(directory.resolve("copies"), Duration.ofDays(7), 1_000),
                given.keeping().backups());

        InvalidConfig invalid = refused(plain + "authority: {holidays: [16.12.2026]}\nretention: {audit: 3661d}\n"
                + "backup: {directory: copies, every: 745h, keep: 0}\n");
        assertEquals(
                List.of("retention.audit", "backup.every", "backup.keep", "authority.holidays[0]"),
                invalid.problems().stream().map(ConfigProblem::path).toList());
    }

    @Test
    void aFileThatIsNoYamlIsToldWithItsLine() throws IOException {
        ConfigProblem problem = refused("http: [\nstate: x\n").problems().get(0);

        assertFalse(problem.line() == 0);
        assertEquals(0, problem.path().length());
    }

    @Test
    void theEnvironmentOverridesTheFile() throws IOException, InvalidConfig {
        Path file = write(
                """
                http: 127.0.0.1:8080
                state: state
                records: {token-file: records.token}
                """);

        OpsConfig config = ConfigFile.read(file, Map.of("ANTICALL_HTTP", "127.0.0.1:0", "ANTICALL_STATE", " "));

        assertEquals(0, config.http().getPort());
        assertEquals(directory.resolve("state"), config.state());
        assertNull(config.desk());
    }

    @Test
    void twoPhonesMustNotShareAUser() throws IOException {
        InvalidConfig invalid = refused(
                """
                http: 127.0.0.1:8080
                state: state
                records: {token-file: records.token}
                desk:
                  listen: sip:127.0.0.1:5090
                  gateways: [127.0.0.1]
                  phones:
                    - {user: 101, password: a}
                    - {user: 101, password-file: phone-101.password}
                """);

        assertEquals(
                List.of("line 9: desk.phones[1].user: '101': expected a user no other phone has"),
                invalid.problems().stream().map(ConfigProblem::text).toList());
    }

    @Test
    void secretsNeverShowThemselves() {
        assertEquals("***", new Secret("s3cret").toString());
    }

    private InvalidConfig refused(String yaml) throws IOException {
        Path file = write(yaml);
        return assertThrows(InvalidConfig.class, () -> ConfigFile.read(file, Map.of()));
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(directory.resolve("ops.yaml"), yaml);
    }
}
