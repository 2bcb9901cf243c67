package org.anticall.ops.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import org.anticall.ops.people.Secrets;

/**
 * An OpenID Connect provider (OpenID Connect Core 1.0 §3.1) that the centre trusts: authorization code flow with PKCE (RFC 7636,
 * S256), state and nonce, each used once within {@link #WITHIN}. The ID token is checked for its signature by the provider's
 * published keys, issuer, audience, time and nonce. Thread-safe.
 */
public final class OidcProvider {

    /** How long somebody may take to sign in over there. */
    public static final Duration WITHIN = Duration.ofMinutes(10);

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    /** More than strangers can begin within {@link #WITHIN}, so that they push nobody out. */
    private static final int MOST_BEGUN = 100_000;

    private static final Duration DESCRIPTION_LASTS = Duration.ofMinutes(5);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);

    private final OidcSettings settings;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build();
    private final Cache<String, Begun> begun = Caffeine.newBuilder()
            .maximumSize(MOST_BEGUN)
            .expireAfterWrite(WITHIN)
            .build();

    /** What the provider says of itself; asked anew now and then, never for each stranger who begins. */
    private final Cache<String, JsonNode> description =
            Caffeine.newBuilder().expireAfterWrite(DESCRIPTION_LASTS).build();

    public OidcProvider(OidcSettings settings) {
        this.settings = settings;
    }

    /** What is kept of a sign-in that has begun. */
    private record Begun(String nonce, String verifier) {}

    /**
     * Where to send somebody who wants to sign in.
     *
     * @param state to be kept in the person's browser and compared when they come back
     */
    public record Departure(URI address, String state) {}

    /**
     * Begins a sign-in.
     *
     * @throws OidcRefused if the provider does not say where it signs people in
     */
    public Departure depart() throws OidcRefused, InterruptedException {
        String state = Secrets.random(24);
        Begun kept = new Begun(Secrets.random(24), Secrets.random(48));
        String address = discovered("authorization_endpoint") + "?response_type=code&scope=openid&client_id="
                + encoded(settings.clientId()) + "&redirect_uri="
                + encoded(settings.redirect().toString()) + "&state=" + state + "&nonce=" + kept.nonce()
                + "&code_challenge_method=S256&code_challenge=" + challenge(kept.verifier());
        begun.put(state, kept);
        return new Departure(URI.create(address), state);
    }

    /**
     * Ends a sign-in.
     *
     * @param state what the provider sent back; good once
     * @return the name of the account
     * @throws OidcRefused if anything about it is not right
     */
    public String arrive(String code, String state) throws OidcRefused, InterruptedException {
        Begun kept = begun.asMap().remove(state);
        if (kept == null) {
            throw new OidcRefused(
                    "the state is unknown, was used, or is older than " + WITHIN.toMinutes() + " minutes");
        }
        String form = "grant_type=authorization_code&code=" + encoded(code) + "&redirect_uri="
                + encoded(settings.redirect().toString()) + "&code_verifier=" + kept.verifier();
        String basic = encoded(settings.clientId()) + ":"
                + encoded(settings.clientSecret().value());
        JsonNode tokens = send(HttpRequest.newBuilder(URI.create(discovered("token_endpoint")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(form)));
        return account(tokens.path("id_token").asText(""), kept.nonce());
    }

    private String account(String token, String nonce) throws OidcRefused, InterruptedException {
        JsonNode keys = send(HttpRequest.newBuilder(URI.create(discovered("jwks_uri"))));
        try {
            DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
            processor.setJWSKeySelector(
                    new JWSVerificationKeySelector<>(ALGORITHMS, new ImmutableJWKSet<>(JWKSet.parse(keys.toString()))));
            processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                    settings.clientId(),
                    new JWTClaimsSet.Builder()
                            .issuer(settings.issuer().toString())
                            .claim("nonce", nonce)
                            .build(),
                    Set.of("exp", "iat", settings.claim())));
            String account = processor.process(token, null).getStringClaim(settings.claim());
            if (account == null || account.isEmpty()) {
                throw new OidcRefused("the claim " + settings.claim() + " is empty");
            }
            return account;
        } catch (ParseException | BadJOSEException | JOSEException notGenuine) {
            throw new OidcRefused("the ID token is not good: " + notGenuine.getMessage());
        }
    }

    /** An address out of the provider's description (OpenID Connect Discovery 1.0 §4). */
    private String discovered(String name) throws OidcRefused, InterruptedException {
        String issuer = settings.issuer().toString();
        JsonNode known = description.getIfPresent(issuer);
        if (known == null) {
            known = send(HttpRequest.newBuilder(
                    URI.create(issuer.replaceFirst("/+$", "") + "/.well-known/openid-configuration")));
            if (!known.path("issuer").asText("").equals(issuer)) {
                throw new OidcRefused("the provider calls itself " + known.path("issuer") + ", expected " + issuer);
            }
            description.put(issuer, known);
        }
        String address = known.path(name).asText("");
        if (address.isEmpty()) {
            throw new OidcRefused("the provider does not name its " + name);
        }
        return address;
    }

    private JsonNode send(HttpRequest.Builder request) throws OidcRefused, InterruptedException {
        HttpRequest built = request.timeout(ANSWER_WITHIN).build();
        try {
            HttpResponse<String> answer = client.send(built, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new OidcRefused(built.uri() + " answered " + answer.statusCode());
            }
            return JSON.readTree(answer.body());
        } catch (IOException failed) {
            throw new OidcRefused(built.uri() + " does not answer: " + failed.getMessage());
        }
    }

    private static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
