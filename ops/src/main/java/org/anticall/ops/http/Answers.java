package org.anticall.ops.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.javalin.http.Context;
import java.util.Map;

/** JSON bodies of requests and answers. */
final class Answers {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Answers() {}

    static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException("this value cannot be written as JSON: " + value.getClass(), notJson);
        }
    }

    static void send(Context context, int status, Object value) {
        context.status(status).contentType("application/json").result(text(value));
    }

    /** An error: a word for the page and a sentence for people who use the interface without it. */
    static void error(Context context, int status, String word, String sentence) {
        send(context, status, Map.of("error", word, "message", sentence));
    }

    /** The body as JSON, {@link MissingNode} if it is none. */
    static JsonNode body(Context context) {
        return tree(context.body());
    }

    /** The text as JSON, {@link MissingNode} if it is none. */
    static JsonNode tree(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }
}
