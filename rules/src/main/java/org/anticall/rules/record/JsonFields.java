package org.anticall.rules.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fields of a JSON object; whatever is missing or of another shape is named. */
record JsonFields(String path, JsonNode node) {

    boolean has(String name) {
        return node.hasNonNull(name);
    }

    JsonFields object(String name) throws MalformedRecordException {
        JsonNode field = field(name);
        if (!field.isObject()) {
            throw wrong(name, field, "an object");
        }
        return new JsonFields(path + name + ".", field);
    }

    String text(String name) throws MalformedRecordException {
        JsonNode field = field(name);
        if (!field.isTextual()) {
            throw wrong(name, field, "a text");
        }
        return field.textValue();
    }

    long integer(String name) throws MalformedRecordException {
        JsonNode field = field(name);
        if (!field.isIntegralNumber() || !field.canConvertToLong()) {
            throw wrong(name, field, "a whole number");
        }
        return field.longValue();
    }

    /** A whole number, {@code otherwise} if it is missing. */
    long integer(String name, long otherwise) throws MalformedRecordException {
        return has(name) ? integer(name) : otherwise;
    }

    /** True or false, {@code otherwise} if it is missing. */
    boolean truth(String name, boolean otherwise) throws MalformedRecordException {
        JsonNode field = has(name) ? field(name) : null;
        if (field != null && !field.isBoolean()) {
            throw wrong(name, field, "true or false");
        }
        return field == null ? otherwise : field.booleanValue();
    }

    /** A constant by its name, {@code otherwise} if it is missing. */
    <E extends Enum<E>> E word(Class<E> type, String name, E otherwise) throws MalformedRecordException {
        return has(name) ? Names.parse(type, path + name, text(name)) : otherwise;
    }

    /** The items of an array, none if it is missing. */
    Iterable<JsonNode> items(String name) throws MalformedRecordException {
        JsonNode field = has(name) ? field(name) : null;
        if (field != null && !field.isArray()) {
            throw wrong(name, field, "an array");
        }
        return field == null ? List.of() : field;
    }

    /** The texts of an array, none if it is missing. */
    List<String> texts(String name) throws MalformedRecordException {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : items(name)) {
            if (!item.isTextual()) {
                throw wrong(name, item, "texts");
            }
            texts.add(item.textValue());
        }
        return texts;
    }

    byte[] bytes(String name) throws MalformedRecordException {
        try {
            byte[] bytes = field(name).binaryValue();
            if (bytes != null) {
                return bytes;
            }
        } catch (IOException notBase64) {
            throw new MalformedRecordException("field '" + path + name + "' is not base64", notBase64);
        }
        throw wrong(name, field(name), "base64");
    }

    /** All fields in their order. */
    Set<Map.Entry<String, JsonNode>> entries() {
        return node.properties();
    }

    private JsonNode field(String name) throws MalformedRecordException {
        JsonNode field = node.get(name);
        if (field == null || field.isNull()) {
            throw new MalformedRecordException("field '" + path + name + "' is missing");
        }
        return field;
    }

    private MalformedRecordException wrong(String name, JsonNode field, String expected) {
        return new MalformedRecordException(
                "field '" + path + name + "' is " + shown(field) + ", expected " + expected);
    }

    private static String shown(JsonNode field) {
        String text = field.toString();
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }
}
