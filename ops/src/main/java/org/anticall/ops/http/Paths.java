package org.anticall.ops.http;

import io.javalin.http.Context;

/** Values in paths. */
final class Paths {

    private Paths() {}

    /** The number {@code {id}} of the path. */
    static long id(Context context) {
        String text = context.pathParam("id");
        if (!text.matches("[0-9]{1,18}")) {
            throw unknown();
        }
        return Long.parseLong(text);
    }

    static Refused unknown() {
        return new Refused(404, "unknown", "There is nothing of this number.");
    }
}
