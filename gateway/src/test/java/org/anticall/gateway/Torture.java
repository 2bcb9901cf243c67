package org.anticall.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The messages of RFC 4475 and RFC 5118, in files named by their sections. A line end stands for CR LF, {@code \xHH} for
 * the byte with that value, everything else for itself.
 */
public final class Torture {

    private static final Path DIRECTORY = Path.of("src/test/resources/torture");

    private Torture() {}

    /** The message of that file, such as {@code rfc4475/3.1.1.1-wsinv}. */
    public static byte[] message(String name) {
        try {
            return bytes(Files.readString(DIRECTORY.resolve(name + ".sip"), StandardCharsets.ISO_8859_1));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** The names of all files, in order. */
    public static List<String> names() {
        try (Stream<Path> files = Files.walk(DIRECTORY)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> DIRECTORY.relativize(file).toString())
                    .map(file -> file.substring(0, file.length() - ".sip".length()))
                    .sorted()
                    .toList();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static byte[] bytes(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                bytes.write('\r');
                bytes.write('\n');
            } else if (c == '\\' && i + 3 < text.length() && text.charAt(i + 1) == 'x') {
                bytes.write(Integer.parseInt(text.substring(i + 2, i + 4), 16));
                i += 3;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toByteArray();
    }
}
