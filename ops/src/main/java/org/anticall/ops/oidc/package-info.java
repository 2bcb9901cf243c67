/**
 * Signing in at a standard OpenID Connect provider: authorization code with PKCE. Knows HTTP as a client only, no sessions
 * and no database.
 */
@NullMarked
package org.anticall.ops.oidc;

import org.jspecify.annotations.NullMarked;
