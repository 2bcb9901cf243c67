package org.anticall.gateway.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway shows and asks for in TLS. All files are PEM.
 *
 * @param certificate its certificate, with those between it and its root
 * @param key its private key, PKCS#8
 * @param ca who may have signed the certificates of peers and hops; null if no peer and no hop uses TLS
 * @param hopNames names a hop's certificate may carry instead of the hop's address; lower case
 */
public record TlsSettings(Path certificate, Path key, @Nullable Path ca, List<String> hopNames) {

    public TlsSettings {
        hopNames = List.copyOf(hopNames);
    }
}
