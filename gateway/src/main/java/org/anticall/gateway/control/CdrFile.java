package org.anticall.gateway.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.anticall.gateway.config.CdrSettings;
import org.jspecify.annotations.Nullable;

/**
 * The files of one format, one after the other. The one that is written ends in {@code .part}; when it is closed it gets
 * its name, so that whoever collects files never finds half a one. Owned by one thread.
 */
final class CdrFile {

    private final CdrSettings settings;
    private final CdrSettings.Format format;
    private final String suffix;
    private final ObjectMapper json = new ObjectMapper();
    private @Nullable OutputStream out;
    private @Nullable Path part;
    private long bytes;
    private long openedNanos;

    CdrFile(CdrSettings settings, CdrSettings.Format format) {
        this.settings = settings;
        this.format = format;
        this.suffix = "." + format.name().toLowerCase(Locale.ROOT);
    }

    /** Writes one line; the file it goes to may be a new one. */
    void write(Map<String, @Nullable Object> detail, long nowNanos) throws IOException {
        byte[] line = line(detail);
        if (out != null && bytes + line.length > settings.rotateBytes()) {
            finish();
        }
        if (out == null) {
            open(nowNanos);
        }
        append(line);
    }

    private void append(byte[] line) throws IOException {
        if (out != null) {
            out.write(line);
            bytes += line.length;
        }
    }

    private void open(long nowNanos) throws IOException {
        Files.createDirectories(settings.directory());
        String stamp = Instant.now().toString().replace(":", "").replace("-", "");
        part = settings.directory().resolve("cdr-" + stamp + suffix + ".part");
        out = new BufferedOutputStream(Files.newOutputStream(part, StandardOpenOption.CREATE_NEW));
        bytes = 0;
        openedNanos = nowNanos;
        if (format == CdrSettings.Format.CSV) {
            append((String.join(",", CallDetail.FIELDS) + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Closes the file if it is old enough, else sees that what was written is in it. */
    void tick(long nowNanos) throws IOException {
        if (out != null && nowNanos - openedNanos >= settings.rotateEvery().toNanos()) {
            finish();
        } else if (out != null) {
            out.flush();
        }
    }

    /** Closes the file that is written, if any, and gives it its name. */
    void finish() throws IOException {
        OutputStream writing = out;
        Path written = part;
        out = null;
        part = null;
        if (writing != null && written != null) {
            writing.close();
            Files.move(written, named(written));
        }
    }

    /** The disk failed: what is in the file stays, the next line begins another one. */
    void abandon() {
        out = null;
        part = null;
    }

    /** Gives files that a process left behind when it was killed their names. */
    void adopt() throws IOException {
        Files.createDirectories(settings.directory());
        try (DirectoryStream<Path> left = Files.newDirectoryStream(settings.directory(), "cdr-*" + suffix + ".part")) {
            for (Path each : left) {
                Files.move(each, named(each));
            }
        }
    }

    private static Path named(Path written) {
        String name = written.getFileName().toString();
        return written.resolveSibling(name.substring(0, name.length() - ".part".length()));
    }

    private byte[] line(Map<String, @Nullable Object> detail) throws JsonProcessingException {
        if (format == CdrSettings.Format.JSON) {
            return (json.writeValueAsString(detail) + "\n").getBytes(StandardCharsets.UTF_8);
        }
        StringJoiner fields = new StringJoiner(",", "", "\r\n");
        detail.values().forEach(value -> fields.add(field(value == null ? "" : value.toString())));
        return fields.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** RFC 4180 §2: quotes where a value holds a comma, a quote or a line end. */
    private static String field(String value) {
        boolean isPlain =
                value.indexOf(',') < 0 && value.indexOf('"') < 0 && value.indexOf('\n') < 0 && value.indexOf('\r') < 0;
        return isPlain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
