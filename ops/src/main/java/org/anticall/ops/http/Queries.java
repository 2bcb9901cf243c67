package org.anticall.ops.http;

import io.javalin.http.Context;

/** Values of a query string. */
final class Queries {

    private Queries() {}

    /** The value without white space around it, empty if there is none. */
    static String text(Context context, String name) {
        String value = context.queryParam(name);
        String text = value == null ? "" : value.strip();
        if (!Fields.isReadable(text)) {
            throw new Refused(400, "fields", "Expected a text without control characters in '" + name + "'.");
        }
        return text;
    }

    /** @throws Refused if the value is no whole number from 0 */
    static long number(Context context, String name, long otherwise) {
        String value = text(context, name);
        if (value.isEmpty()) {
            return otherwise;
        }
        if (!value.matches("[0-9]{1,18}")) {
            throw new Refused(400, "fields", "Expected a whole number in '" + name + "', found '" + value + "'.");
        }
        return Long.parseLong(value);
    }
}
