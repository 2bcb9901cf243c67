package org.anticall.ops.trust;

import java.security.GeneralSecurityException;
import java.security.PublicKey;

/**
 * What a gateway gets.
 *
 * @param certificate its own, PEM
 * @param authority whom it is to believe, PEM
 */
public record Enrolled(String certificate, String authority) {

    public static Enrolled of(TransportAuthority authority, String node, PublicKey key)
            throws GeneralSecurityException {
        return new Enrolled(Pem.certificate(authority.forGateway(node, key)), Pem.certificate(authority.certificate()));
    }
}
