package org.anticall.ops.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import org.anticall.ops.oidc.OidcProvider;
import org.anticall.ops.oidc.OidcRefused;
import org.anticall.ops.people.Account;
import org.anticall.ops.store.Accounts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /api/oidc}: signing in at the provider that the configuration names, if it names one. Accounts are the centre's own:
 * the provider says who somebody is, never what they may. The second factor is the provider's business then.
 */
final class OidcApi {

    private static final Logger LOG = LoggerFactory.getLogger(OidcApi.class);

    /** Lax, not Strict: it has to come along when the provider sends the browser back. */
    private static final String COOKIE = "anticall_oidc";

    private final @Nullable OidcProvider provider;
    private final Accounts accounts;
    private final SessionApi sessions;
    private final Gate gate;
    private final Trail trail;
    private final Clock clock;

    OidcApi(
            @Nullable OidcProvider provider,
            Accounts accounts,
            SessionApi sessions,
            Gate gate,
            Trail trail,
            Clock clock) {
        this.provider = provider;
        this.accounts = accounts;
        this.sessions = sessions;
        this.gate = gate;
        this.trail = trail;
        this.clock = clock;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/oidc", context -> Answers.send(context, 200, Map.of("offered", provider != null)));
        routes.get("/api/oidc/start", this::start);
        routes.get("/api/oidc/callback", this::callback);
    }

    private void start(Context context) throws InterruptedException {
        gate.stranger(context);
        try {
            OidcProvider.Departure departure = provider().depart();
            context.cookie(cookie(context, departure.state(), (int) OidcProvider.WITHIN.toSeconds()));
            context.redirect(departure.address().toString());
        } catch (OidcRefused refused) {
            LOG.atError().log("sign-in at the provider does not begin: {}", refused.getMessage());
            throw new Refused(502, "provider", "The sign-in provider does not answer.");
        }
    }

    private void callback(Context context) throws InterruptedException {
        OidcProvider asked = provider();
        String state = Queries.text(context, "state");
        String kept = Objects.requireNonNullElse(context.cookie(COOKIE), "");
        context.cookie(cookie(context, "", 0));
        if (state.isEmpty()
                || !MessageDigest.isEqual(
                        state.getBytes(StandardCharsets.UTF_8), kept.getBytes(StandardCharsets.UTF_8))) {
            throw new Refused(403, "provider-state", "This sign-in was not begun in this browser.");
        }
        try {
            String name = asked.arrive(Queries.text(context, "code"), state);
            Account account = accounts.find(name)
                    .filter(Account::active) // the lock is for passwords, and the provider has seen who it is
                    .orElseThrow(() -> new Refused(403, "provider-account", "There is no account of this name here."));
            accounts.succeeded(account, clock.instant(), trail.of(context, account, "session.begin-oidc"));
            sessions.openProved(context, account);
            context.redirect("/");
        } catch (OidcRefused refused) {
            LOG.atWarn()
                    .addKeyValue("address", context.ip())
                    .log("sign-in at the provider refused: {}", refused.getMessage());
            throw new Refused(403, "provider-refused", "The sign-in provider's answer is not good.");
        }
    }

    private OidcProvider provider() {
        if (provider == null) {
            throw new Refused(404, "unknown", "No sign-in provider is configured.");
        }
        return provider;
    }

    private static Cookie cookie(Context context, String state, int maxAge) {
        boolean secure = context.req().isSecure() || "https".equals(context.header("X-Forwarded-Proto"));
        return new Cookie(COOKIE, state, "/api/oidc", maxAge, secure, true, null, SameSite.LAX);
    }
}
