package org.anticall.gateway.config;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The centre that takes the decision records.
 *
 * @param records {@code http} or {@code https} address the records are posted to
 * @param tokenFile file with the bearer token, read again for every batch so that it can be exchanged; null for none
 * @param trust directory with this gateway's key and whom it believes, read again when it changes; null for none
 */
public record OpsLink(URI records, @Nullable Path tokenFile, @Nullable Path trust) {

    public OpsLink(URI records, @Nullable Path tokenFile) {
        this(records, tokenFile, null);
    }
}
