package org.anticall.ops.acceptance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The product as this very build has made it, laid out so that the launcher finds nothing to build: a copy of the launcher
 * beside links to what the modules have packaged. Each fork of the tests has one.
 */
public final class Packaged {

    private static final List<String> MODULES = List.of("gateway", "ops");

    private Packaged() {}

    /** Its top level, with {@code anticall} in it. */
    public static synchronized Path home() throws IOException {
        Path sources = Path.of("").toAbsolutePath().getParent();
        Path home = sources.resolve("ops/target/packaged-" + Fork.index());
        for (String module : MODULES) {
            Path target = sources.resolve(module).resolve("target");
            Path jar = target.resolve("anticall-" + module + ".jar");
            assertTrue(Files.exists(jar), () -> jar + " is not there: build all modules, not this one alone");
            Path link = Files.createDirectories(home.resolve(module)).resolve("target");
            if (!Files.isSymbolicLink(link)) {
                Files.createSymbolicLink(link, target);
            }
        }
        Files.copy(sources.resolve("anticall"), home.resolve("anticall"), StandardCopyOption.REPLACE_EXISTING);
        return home;
    }
}
