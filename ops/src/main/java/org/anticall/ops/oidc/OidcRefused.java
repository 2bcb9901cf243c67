package org.anticall.ops.oidc;

/** Somebody could not be signed in by the provider. The message is for the log. */
public final class OidcRefused extends Exception {

    private static final long serialVersionUID = 1L;

    OidcRefused(String message) {
        super(message, null, false, false);
    }
}
