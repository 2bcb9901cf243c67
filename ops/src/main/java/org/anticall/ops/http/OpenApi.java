package org.anticall.ops.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;

/** {@code /api/openapi.json}: the description of the interface, kept true by a test that walks the routes. */
final class OpenApi {

    private static final String FILE = "/org/anticall/ops/http/openapi.json";

    private OpenApi() {}

    static void send(Context context) throws IOException {
        try (InputStream in = OpenApi.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("this program is not complete, it lacks " + FILE);
            }
            context.contentType("application/json").result(in.readAllBytes());
        }
    }
}
