package org.anticall.gateway.control;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One page of the admin endpoint.
 *
 * @param method the one HTTP method it takes: GET to look, POST to switch something
 * @param content makes the answer
 */
public record AdminPage(String method, Content content) {

    /** Makes the answer from the query's parameters; a name that stands twice has its last value. */
    @FunctionalInterface
    public interface Content {
        Answer answer(Map<String, String> parameters);
    }

    /** A page to look at. */
    static AdminPage get(Content content) {
        return new AdminPage("GET", content);
    }

    /** A switch. */
    static AdminPage post(Content content) {
        return new AdminPage("POST", content);
    }

    /**
     * What is sent back.
     *
     * @param body may be empty; not to be changed
     */
    public record Answer(int status, String contentType, byte[] body) {

        static Answer text(int status, String line) {
            return new Answer(status, "text/plain; charset=utf-8", (line + "\n").getBytes(StandardCharsets.UTF_8));
        }

        static Answer json(int status, byte[] json) {
            return new Answer(status, "application/json", json);
        }
    }
}
