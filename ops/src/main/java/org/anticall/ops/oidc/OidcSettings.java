package org.anticall.ops.oidc;

import java.net.URI;
import org.anticall.ops.config.Secret;

/**
 * Where people sign in.
 *
 * @param issuer the provider, {@code https://id.example.kz/realms/anticall}
 * @param clientId the centre's name there
 * @param clientSecret the centre's secret there
 * @param redirect the centre's address that the provider sends people back to, {@code https://…/api/oidc/callback}
 * @param claim claim of the ID token that holds the name of the account
 */
public record OidcSettings(URI issuer, String clientId, Secret clientSecret, URI redirect, String claim) {}
