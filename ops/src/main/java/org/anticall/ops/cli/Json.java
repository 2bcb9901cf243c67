package org.anticall.ops.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** Writes one JSON object on one line. */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** {@code fields} in their order; values are texts, numbers, booleans, null, lists and maps of these. */
    static String line(Map<String, ?> fields) {
        try {
            return MAPPER.writeValueAsString(fields);
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException("fields hold something that is no JSON value", notJson);
        }
    }
}
