package org.anticall.ops.store;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What an earlier version of the product left behind, made by that version itself: its backup with rows in every table,
 * calls, orders and a signed revision among them, as text. The key files are public halves.
 */
final class Landed {

    private final Path directory;

    /** @param schema version of the tables, the name of the directory */
    Landed(String schema) {
        URL manifest = Landed.class.getResource("landed/" + schema + "/manifest.json");
        try {
            directory =
                    Path.of(Objects.requireNonNull(manifest, schema).toURI()).getParent();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The backup as the version wrote it. */
    Path backup(Path into) throws IOException {
        Path zip = into.resolve("backup.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip));
                Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new ZipEntry(directory.relativize(file).toString()));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
        return zip;
    }

    /** The key that vouches for its trail. */
    String auditKey() throws IOException {
        return text("keys/audit.pub").strip();
    }

    /** The key that vouches for its bundles, PEM. */
    String bundleKey() throws IOException {
        return text("keys/bundle.pem");
    }

    /** The ids of its decision records. */
    List<String> records() throws IOException {
        return text("tables/record.ndjson")
                .lines()
                .map(line -> line.replaceFirst("(?i).*?\"id\":\"([^\"]+)\".*", "$1"))
                .toList();
    }

    private String text(String file) throws IOException {
        return Files.readString(directory.resolve(file), StandardCharsets.UTF_8);
    }
}
