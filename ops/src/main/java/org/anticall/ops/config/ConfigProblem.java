package org.anticall.ops.config;

/**
 * One thing that is wrong with a configuration.
 *
 * @param path where, {@code desk.phones[0].user}; empty for the file as a whole
 * @param line line in the file from 1, 0 where there is none (a missing key, an environment variable)
 * @param value what stands there, empty where nothing does or where it is a secret
 * @param expected what should stand there, or what is the matter
 */
public record ConfigProblem(String path, int line, String value, String expected) {

    /** {@code line 2: http: '8080': expected an IP address and a port such as 127.0.0.1:8080}. */
    public String text() {
        StringBuilder text = new StringBuilder();
        if (line > 0) {
            text.append("line ").append(line).append(": ");
        }
        if (!path.isEmpty()) {
            text.append(path).append(": ");
        }
        if (!value.isEmpty()) {
            text.append('\'').append(value).append("': ");
        }
        return text.append(expected).toString();
    }
}
