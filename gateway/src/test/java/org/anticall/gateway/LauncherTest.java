package org.anticall.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script in an installation of its own, with a Maven and JDKs that only write down how they are called. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LauncherTest {

    private static final String JAVA =
            """
            #!/bin/sh
            case "$*" in *--exit-with-parent*) exit 0 ;; esac
            echo "java $0"
            echo "home $ANTICALL_HOME"
            echo "cwd $(pwd)"
            for a in "$@"; do echo "arg $a"; done
            exit ${JAVA_STATUS:-0}
            """;

    private static final String MAVEN =
            """
            #!/bin/sh
            echo built >> %1$s/builds
            echo "maven talks"
            mkdir -p %1$s/gateway/target/lib %1$s/ops/target/lib
            touch %1$s/gateway/target/anticall-gateway.jar %1$s/ops/target/anticall-ops.jar
            exit ${MAVEN_STATUS:-0}
            """;

    @TempDir
    Path directory;

    private Path home;
    private Path tools;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void install() throws IOException {
        home = Files.createDirectory(directory.resolve("installation")).toRealPath();
        Files.copy(Path.of("..", "anticall"), home.resolve("anticall"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        for (String module : List.of("rules", "gateway", "ops")) {
            Files.createDirectories(home.resolve(module + "/src/main/java"));
            Files.createDirectories(home.resolve(module + "/src/main/resources"));
            Files.writeString(home.resolve(module + "/pom.xml"), "<project/>");
            Files.writeString(home.resolve(module + "/src/main/java/A.java"), "");
        }
        tools = Files.createDirectory(directory.resolve("tools"));
        executable(tools.resolve("mvn"), MAVEN.formatted(home));
        executable(tools.resolve("javac"), "#!/bin/sh\n");
        environment.put("PATH", tools + ":/usr/bin:/bin");
        environment.put("ANTICALL_JAVA_HOME", jdk("jdk-17", "17.0.15").toString());
    }

    @Test
    void buildsOnceAndAgainOnlyWhenASourceIsNewer() throws Exception {
        assertEquals(0, run("rules", "lint").status);
        assertEquals(0, run("rules", "lint").status);
        assertEquals(1, builds());
        Path source = home.resolve("rules/src/main/java/A.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        assertEquals(0, run("rules", "lint").status);
        assertEquals(2, builds());
    }

    @Test
    void whatTheBuildSaysGoesToStandardError() throws Exception {
        Result result = run("explain");
        assertFalse(result.out.contains("maven talks"), result.out);
        assertTrue(result.err.contains("maven talks"), result.err);
    }

    @Test
    void aFailedBuildIsToldAndNotTakenForDone() throws Exception {
        environment.put("MAVEN_STATUS", "1");
        Result result = run("explain");
        assertEquals(2, result.status);
        assertTrue(result.err.endsWith("anticall: the build failed, see above\n"), result.err);
        environment.remove("MAVEN_STATUS");
        assertEquals(0, run("explain").status);
        assertEquals(2, builds());
    }

    @Test
    void severalAtOnceBuildOnce() throws Exception {
        List<Process> all = List.of(start(home, "rules"), start(home, "rules"), start(home, "rules"));
        for (Process each : all) {
            assertEquals(0, each.waitFor());
        }
        assertEquals(1, builds());
    }

    @Test
    void theGatewaysCommandsGoToTheGatewayAndTheOthersToOps() throws Exception {
        assertTrue(run("gateway", "--config", "x y.yaml")
                .out
                .contains("arg org.anticall.gateway.Gateway\narg gateway\narg" + " --config\narg x y.yaml\n"));
        assertTrue(run("explain", "--from", "1").out.contains("arg org.anticall.ops.cli.Anticall\narg explain\n"));
    }

    @Test
    void configCheckGoesWhereTheContentBelongs() throws Exception {
        Path gateway = Files.writeString(directory.resolve("g.yaml"), "node: gw-1\ntrunks: []\ndesk: x\n");
        Path ops = Files.writeString(directory.resolve("o.yaml"), "http: 127.0.0.1:8080\n");
        assertTrue(run("config", "check", gateway.toString()).out.contains("org.anticall.gateway.Gateway"));
        assertTrue(run("config", "check", ops.toString()).out.contains("org.anticall.ops.cli.Anticall"));
    }

    @Test
    void worksThroughASymlinkFromAnyDirectoryAndKeepsTheCallersDirectory() throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("else where")).toRealPath();
        Files.createSymbolicLink(elsewhere.resolve("ac"), Path.of("../installation/anticall"));
        Result result = Result.of(
                prepared(elsewhere, "./ac", "rules", "lint", "mine.yaml").start());
        assertTrue(result.out.contains("cwd " + elsewhere + "\n"), result.out + result.err);
        assertTrue(result.out.contains("home " + home + "\n"), result.out);
        assertTrue(result.out.contains("arg mine.yaml\n"), result.out);
    }

    @Test
    void theExitStatusIsThatOfTheProgram() throws Exception {
        environment.put("JAVA_STATUS", "1");
        assertEquals(1, run("rules", "lint").status);
    }

    @Test
    void theNewestJdkByVersionIsTaken() throws Exception {
        environment.remove("ANTICALL_JAVA_HOME");
        Path newest = jdk("jdk-a", "117.0.10");
        environment.put("JAVA_HOME", newest.toString());
        jdk("jdk-z", "117.0.9");
        Files.createSymbolicLink(tools.resolve("java"), Path.of("../jdk-z/bin/java"));
        assertTrue(run("explain").out.contains("java " + newest + "/bin/java"));
    }

    @Test
    void aJdkThatIsTooOldIsOneClearSentence() throws Exception {
        environment.put("ANTICALL_JAVA_HOME", jdk("jdk-11", "11.0.2").toString());
        Result result = run("explain");
        assertEquals(2, result.status);
        assertEquals(
                "anticall: ANTICALL_JAVA_HOME=" + environment.get("ANTICALL_JAVA_HOME") + " is no JDK 17 or newer\n",
                result.err);
    }

    @Test
    void withoutMavenAndUnbuiltItIsOneClearSentence() throws Exception {
        Files.delete(tools.resolve("mvn"));
        Path bin = Files.createDirectory(directory.resolve("bin"));
        for (String tool :
                List.of("bash", "dirname", "readlink", "find", "mkdir", "flock", "touch", "sed", "head", "env")) {
            executable(bin.resolve(tool), "#!/bin/sh\nexec /usr/bin/" + tool + " \"$@\"\n");
        }
        environment.put("PATH", bin.toString());
        Result result = run("explain");
        assertEquals(2, result.status);
        assertTrue(result.err.startsWith("anticall: the product is not built and there is no mvn"), result.err);
    }

    @Test
    void usageIsHelpfulAndCostsNoBuild() throws Exception {
        assertEquals(0, run("--help").status);
        assertEquals(2, run().status);
        Result unknown = run("gatewya");
        assertEquals(2, unknown.status);
        assertTrue(unknown.err.startsWith("anticall: unknown command 'gatewya'; known are demo,"), unknown.err);
        assertFalse(Files.exists(home.resolve("builds")));
    }

    private Path jdk(String name, String version) throws IOException {
        Path jdk = Files.createDirectories(directory.resolve(name));
        Files.createDirectories(jdk.resolve("bin"));
        executable(jdk.resolve("bin/java"), JAVA);
        executable(jdk.resolve("bin/javac"), "#!/bin/sh\n");
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
        return jdk;
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private int builds() throws IOException {
        return Files.readAllLines(home.resolve("builds")).size();
    }

    private Result run(String... arguments) throws Exception {
        return Result.of(start(home, arguments));
    }

    private Process start(Path workingDirectory, String... arguments) throws IOException {
        String[] command = new String[arguments.length + 1];
        command[0] = home.resolve("anticall").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return prepared(workingDirectory, command).start();
    }

    private ProcessBuilder prepared(Path workingDirectory, String... command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(workingDirectory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }

    private record Result(int status, String out, String err) {

        static Result of(Process process) throws IOException, InterruptedException {
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), out, err);
        }
    }
}
