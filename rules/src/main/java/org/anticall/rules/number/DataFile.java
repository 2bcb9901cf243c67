package org.anticall.rules.number;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A data file shipped beside this package: fields separated by semicolons, {@code #} starts a comment. A fault in one is a
 * fault of the build, so it is an {@link IllegalStateException} that names file and line.
 */
final class DataFile {

    private DataFile() {}

    /** One line that is not empty. */
    record Line(String file, int at, String[] fields) {

        String text(int field) {
            if (field >= fields.length) {
                throw fault("has " + fields.length + " fields, expected at least " + (field + 1));
            }
            return fields[field].strip();
        }

        long number(int field) {
            try {
                return Long.parseLong(text(field));
            } catch (NumberFormatException notANumber) {
                throw fault("field " + (field + 1) + " is '" + text(field) + "', expected digits");
            }
        }

        IllegalStateException fault(String what) {
            return new IllegalStateException(file + ":" + at + ": " + what);
        }
    }

    static boolean exists(String name) {
        try (InputStream in = open(name)) {
            return in != null;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(name, unreadable);
        }
    }

    static List<Line> read(String name) {
        try (InputStream in = open(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            List<Line> lines = new ArrayList<>();
            int at = 0;
            for (String raw : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                at++;
                String content = raw.contains("#") ? raw.substring(0, raw.indexOf('#')) : raw;
                if (!content.isBlank()) {
                    lines.add(new Line(name, at, content.strip().split(";", -1)));
                }
            }
            return lines;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(name, unreadable);
        }
    }

    private static @Nullable InputStream open(String name) {
        return DataFile.class.getResourceAsStream(name);
    }
}
