package org.anticall.gateway.trust;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client for the centre. With a {@code trust} directory it shows this gateway's certificate and believes the
 * centre's authority only; when the files there change, the next request is made with the new ones. Used by one thread.
 */
public final class CentreClient {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);

    private final @Nullable TrustFiles files;
    private @Nullable HttpClient client;
    private @Nullable FileTime made;

    /** @param trust null to believe whom the machine believes, and show nothing */
    public CentreClient(@Nullable Path trust) {
        this.files = trust == null ? null : new TrustFiles(trust);
    }

    /**
     * The client for the next request.
     *
     * @throws IOException if the files cannot be used, with one sentence
     */
    public HttpClient http() throws IOException {
        HttpClient present = client;
        FileTime changed = files == null ? null : files.changed();
        if (present != null && (changed == null || changed.equals(made))) {
            return present;
        }
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_WITHIN);
        if (files != null) {
            builder.sslContext(files.context());
        }
        HttpClient next = builder.build();
        client = next;
        made = changed;
        return next;
    }
}
