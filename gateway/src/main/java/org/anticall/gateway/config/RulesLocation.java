package org.anticall.gateway.config;

import java.net.URI;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the rule set comes from. */
public sealed interface RulesLocation {

    /** The reference policy of the home country that ships with the product ({@code rules: reference}). */
    record Reference() implements RulesLocation {}

    /**
     * A rule file; the lists it names are read beside it.
     *
     * @param path absolute
     */
    record File(Path path) implements RulesLocation {}

    /**
     * Signed bundles of the centre.
     *
     * @param address https, or http on this machine
     * @param keys who must have signed, Ed25519; not empty
     * @param tokenFile what the gateway shows the centre, null for nothing
     * @param trust directory with this gateway's key and whom it believes, null for none
     */
    record Bundles(URI address, List<PublicKey> keys, @Nullable Path tokenFile, @Nullable Path trust)
            implements RulesLocation {
        public Bundles {
            keys = List.copyOf(keys);
        }
    }
}
