package org.anticall.ops.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The console's files: {@code /} is the page, {@code /console/…} what it is made of, exactly as it stands in this
 * module's resources, {@code /lib/…} Lit from its jars. Own files are revalidated by ETag; the libraries' addresses hold
 * their versions, so browsers keep them for ever.
 */
final class ConsolePages {

    private static final String OWN = "/org/anticall/ops/http/console/";
    private static final String LIBRARIES = "/META-INF/resources/webjars/";
    private static final String NAME = "[a-z0-9][A-Za-z0-9._-]*(/[a-z0-9][A-Za-z0-9._-]*)*\\.(js|css|svg|json)";
    private static final String LIBRARY = "(lit|lit-html|lit-element|lit__reactive-element)/[0-9.]+/.*";
    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "json", "application/json");

    /** Files once read; there are only as many as the jars hold. */
    private final Map<String, File> files = new ConcurrentHashMap<>();

    private final File page = read(OWN + "index.html");

    private record File(byte[] bytes, String etag) {}

    void addTo(RoutesConfig routes) {
        routes.get("/", context -> {
            context.header("Cache-Control", "no-cache");
            send(context, page, "text/html; charset=utf-8");
        });
        routes.get("/console/<name>", context -> {
            context.header("Cache-Control", "no-cache");
            serve(context, OWN, context.pathParam("name"), NAME);
        });
        routes.get("/lib/<name>", context -> {
            context.header("Cache-Control", "public, max-age=31536000, immutable");
            serve(context, LIBRARIES, context.pathParam("name"), LIBRARY);
        });
    }

    /** SHA-256 of the text between the import map's tags, in base 64. */
    String importMapHash() {
        String html = new String(page.bytes(), StandardCharsets.UTF_8);
        String open = "<script type=\"importmap\">";
        int from = html.indexOf(open) + open.length();
        int to = html.indexOf("</script>", from);
        if (from < open.length() || to < 0) {
            throw new IllegalStateException("the console's page has no import map");
        }
        return sha256(html.substring(from, to).getBytes(StandardCharsets.UTF_8));
    }

    private void serve(Context context, String folder, String name, String allowed) {
        File file = name.matches(NAME) && name.matches(allowed) ? file(folder + name) : null;
        if (file == null) {
            context.header("Cache-Control", "no-store");
            throw new Refused(404, "unknown", "There is no such file.");
        }
        send(context, file, TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain"));
    }

    private static void send(Context context, File file, String type) {
        context.header("ETag", file.etag());
        if (file.etag().equals(context.header("If-None-Match"))) {
            context.status(304);
            return;
        }
        context.contentType(type).result(file.bytes());
    }

    private @Nullable File file(String path) {
        File known = files.get(path);
        if (known == null && ConsolePages.class.getResource(path) != null) {
            known = read(path);
            files.put(path, known);
        }
        return known;
    }

    private static File read(String path) {
        try (InputStream in = ConsolePages.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("this program is not complete, it lacks " + path);
            }
            byte[] bytes = in.readAllBytes();
            return new File(bytes, "\"" + sha256(bytes).substring(0, 22) + "\"");
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read " + path, failed);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java has no SHA-256", missing);
        }
    }
}
