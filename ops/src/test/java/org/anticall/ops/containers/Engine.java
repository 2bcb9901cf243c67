package org.anticall.ops.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.model.BuildResponseItem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.anticall.ops.acceptance.Needs;
import org.testcontainers.DockerClientFactory;

/** The Docker engine of this machine, and the images the tests start. */
final class Engine {

    private static final Path SOURCES = Path.of("").toAbsolutePath().getParent();

    /** Second since 1970 up to which a test may begin, and up to which it waits for its images; not set for no such end. */
    private static final String UNTIL = "ANTICALL_CONTAINERS_UNTIL";

    /** File that says "ready", or why these tests cannot be had on this machine; made while other tests run. */
    private static final String VERDICT = "ANTICALL_CONTAINERS_VERDICT";

    private Engine() {}

    /**
     * Skips the test where no engine answers, or fails it where nothing may be skipped. Where there is an end to the time of
     * these tests, an engine that cannot do what they need, or has its images too late, skips them in any case.
     */
    static void mustAnswer() throws IOException {
        Optional<Path> verdict = given(VERDICT).map(Path::of);
        if (verdict.isPresent()) {
            while (!Files.exists(verdict.get())) {
                mustHaveTime();
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            }
            String said = Files.readString(verdict.get()).strip();
            if (!said.equals("ready")) {
                throw Needs.skipped("the tests with containers: " + said);
            }
        }
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw Needs.missing("no Docker engine answers (Debian package docker.io)");
        }
    }

    /** Skips the test where the time of these tests is over. */
    static void mustHaveTime() {
        boolean isOver = given(UNTIL)
                .map(second -> Instant.now().isAfter(Instant.ofEpochSecond(Long.parseLong(second))))
                .orElse(false);
        if (isOver) {
            throw Needs.skipped("the machine is too slow today, there is no time left for this test with containers");
        }
    }

    static DockerClient client() {
        return DockerClientFactory.instance().client();
    }

    /** Builds {@code target} of {@code docker/Dockerfile} from what this build has packaged; returns its name. */
    static String build(String target) throws IOException {
        Path context = context();
        String tag = "anticall/" + target + ":test";
        var command = client().buildImageCmd()
                .withBaseDirectory(context.toFile())
                .withDockerfile(context.resolve("docker/Dockerfile").toFile())
                .withTarget(target)
                // Nothing is fetched, and an engine may have no network of its own.
                .withNetworkMode("none")
                .withTags(Set.of(tag));
        given("BUILD_IMAGE").ifPresent(image -> command.withBuildArg("BUILD_IMAGE", image));
        given("RUNTIME_IMAGE").ifPresent(image -> command.withBuildArg("RUNTIME_IMAGE", image));
        return finished(command.exec(new Told()), tag);
    }

    /** What the launcher finds nothing to build in: no sources, only what is packaged. */
    private static Path context() throws IOException {
        Path context = SOURCES.resolve("ops/target/image");
        for (String module : List.of("gateway", "ops")) {
            Path target = SOURCES.resolve(module).resolve("target");
            Path copy = Files.createDirectories(
                    context.resolve(module).resolve("target").resolve("lib"));
            String jar = "anticall-" + module + ".jar";
            Files.copy(target.resolve(jar), copy.resolveSibling(jar), StandardCopyOption.REPLACE_EXISTING);
            copyFiles(target.resolve("lib"), copy);
        }
        String config = "gateway/src/main/config";
        copyFiles(SOURCES.resolve(config), Files.createDirectories(context.resolve(config)));
        copyFiles(SOURCES.resolve("docker"), Files.createDirectories(context.resolve("docker")));
        Files.copy(
                SOURCES.resolve("anticall"),
                context.resolve("anticall"),
                StandardCopyOption.COPY_ATTRIBUTES,
                StandardCopyOption.REPLACE_EXISTING);
        return context;
    }

    /** The files of a directory as they are now, and no others. */
    private static void copyFiles(Path from, Path to) throws IOException {
        try (Stream<Path> old = Files.list(to)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
        try (Stream<Path> files = Files.list(from).filter(Files::isRegularFile)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** The image of a part that comes from Debian's packages: the one the environment names, else built now. */
    static String part(String target) {
        return given(target.toUpperCase(java.util.Locale.ROOT) + "_IMAGE").orElseGet(() -> {
            Path directory = SOURCES.resolve("docker");
            String tag = "anticall/" + target + ":test";
            var command = client().buildImageCmd()
                    .withBaseDirectory(directory.toFile())
                    .withDockerfile(directory.resolve("debian.Dockerfile").toFile())
                    .withTarget(target)
                    // Nothing is fetched, and an engine may have no network of its own.
                    .withNetworkMode("none")
                    .withTags(Set.of(tag));
            given("DEBIAN_IMAGE").ifPresent(image -> command.withBuildArg("DEBIAN_IMAGE", image));
            return finished(command.exec(new Told()), tag);
        });
    }

    private static String finished(Told told, String what) {
        try {
            told.awaitImageId(5, TimeUnit.MINUTES);
            return what;
        } catch (RuntimeException failed) {
            throw new AssertionError("image " + what + " cannot be built:\n" + told.text, failed);
        }
    }

    private static Optional<String> given(String variable) {
        return Optional.ofNullable(System.getenv(variable)).filter(value -> !value.isBlank());
    }

    /** Keeps what the engine says of a build. */
    private static final class Told extends BuildImageResultCallback {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void onNext(BuildResponseItem item) {
            text.append(item.getStream() == null ? "" : item.getStream());
            super.onNext(item);
        }
    }
}
