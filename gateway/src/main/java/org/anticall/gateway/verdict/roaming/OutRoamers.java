package org.anticall.gateway.verdict.roaming;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.anticall.gateway.verdict.RoamingOracle;
import org.anticall.rules.call.RoamingAnswer;
import org.anticall.rules.number.E164;

/**
 * The oracle that knows the list of home mobiles abroad: a number in it is roaming, every other one is at home. The list
 * is replaced as a whole by one volatile write; a file that cannot be read leaves the list as it was. Thread-safe.
 */
public final class OutRoamers implements RoamingOracle {

    private final Path file;
    private volatile Map<Long, RoamingAnswer> abroad = Map.of();

    private OutRoamers(Path file) {
        this.file = file;
    }

    /**
     * Reads {@code file}: one {@code +77011234567;TR} a line, empty lines and lines with {@code #} left out.
     *
     * @throws IOException if it cannot be read; the message names the file and the line
     */
    public static OutRoamers read(Path file) throws IOException {
        OutRoamers list = new OutRoamers(file);
        list.prepare().run();
        return list;
    }

    /**
     * Reads the file again.
     *
     * @return what replaces the list; it cannot fail
     * @throws IOException if the file cannot be read; the message names it and the line
     */
    Runnable prepare() throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        Map<Long, RoamingAnswer> read = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                add(read, line, i + 1);
            }
        }
        return () -> abroad = read;
    }

    private void add(Map<Long, RoamingAnswer> read, String line, int number) throws IOException {
        int semicolon = line.indexOf(';');
        long e164 =
                E164.parse(semicolon < 0 ? line : line.substring(0, semicolon).strip());
        String country = semicolon < 0 ? "" : line.substring(semicolon + 1).strip();
        if (e164 == E164.NONE || !(country.isEmpty() || isCountry(country))) {
            throw new IOException(file + " line " + number
                    + ": expected a number and a country as in +77011234567;TR, found '" + line + "'");
        }
        read.put(e164, RoamingAnswer.roaming(country));
    }

    private static boolean isCountry(String text) {
        return text.length() == 2 && text.chars().allMatch(c -> c >= 'A' && c <= 'Z');
    }

    /** How many numbers are abroad. */
    public int size() {
        return abroad.size();
    }

    @Override
    public void query(long e164, Consumer<RoamingAnswer> callback) {
        callback.accept(abroad.getOrDefault(e164, RoamingAnswer.HOME));
    }
}
