package org.anticall.gateway.config;

/**
 * One thing that is wrong with a configuration.
 *
 * @param path where, {@code trunks[0].peers[1]}; empty for the file as a whole
 * @param line line in the file from 1, 0 where there is none (a missing key, an environment variable)
 * @param value what stands there, empty where nothing does
 * @param expected what should stand there, or what is the matter
 */
public record ConfigProblem(String path, int line, String value, String expected) {

    /** {@code line 7: admin: '9100': expected an IP address and port such as 127.0.0.1:9100}. */
    public String text() {
        String place = (line > 0 ? "line " + line + ": " : "") + (path.isEmpty() ? "" : path + ": ");
        return place + (value.isEmpty() ? "" : "'" + value + "': ") + expected;
    }
}
