package org.anticall.ops.sip;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.sip.header.AuthorizationHeader;
import javax.sip.header.WWWAuthenticateHeader;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/**
 * Digest authentication of phones: RFC 3261 §22.4 with RFC 2617, MD5 and {@code qop=auth} (what every phone can do, the
 * hash of the password never travels). A user who does not exist is asked and refused like one with a wrong password.
 * Owned by the desk's thread.
 */
final class DigestLogin {

    /** What a login attempt is worth. */
    enum Outcome {
        /** It is the user. */
        ACCEPTED,
        /** Nothing was shown, or nothing that can be judged: ask. */
        CHALLENGE,
        /** Right or wrong, the nonce is used up: ask again, the phone need not bother its user. */
        STALE,
        /** Wrong. */
        REFUSED
    }

    private static final Duration NONCE_LIFETIME = Duration.ofMinutes(5);

    private final SipEndpoint endpoint;
    private final String realm;
    private final Map<String, String> passwords;
    private final Nonces nonces;
    private final Map<String, Use> lastUse = new HashMap<>();

    /** Nonce and its count in the last accepted login of a user. */
    private record Use(String nonce, int count) {}

    DigestLogin(SipEndpoint endpoint, String realm, Map<String, String> passwords, InstantSource clock) {
        this.endpoint = endpoint;
        this.realm = realm;
        this.passwords = passwords;
        this.nonces = new Nonces(NONCE_LIFETIME, clock);
    }

    /** Judges the credentials that {@code request} brings for {@code user}. */
    Outcome judge(Request request, String user) {
        AuthorizationHeader shown = (AuthorizationHeader) request.getHeader(AuthorizationHeader.NAME);
        if (shown == null || !isComplete(shown)) {
            return Outcome.CHALLENGE;
        }
        Nonces.Worth worth = nonces.judge(shown.getNonce());
        if (worth == Nonces.Worth.FOREIGN) {
            return Outcome.STALE; // from before a restart, most likely
        }
        String password = passwords.get(user);
        boolean right = password != null
                && user.equals(shown.getUsername())
                && isOf(request, shown)
                && matches(shown, request.getMethod(), password);
        if (!right) {
            return Outcome.REFUSED;
        }
        Use last = lastUse.get(user);
        boolean repeated =
                last != null && last.nonce().equals(shown.getNonce()) && shown.getNonceCount() <= last.count();
        if (worth == Nonces.Worth.STALE || repeated) {
            return Outcome.STALE;
        }
        lastUse.put(user, new Use(shown.getNonce(), shown.getNonceCount()));
        return Outcome.ACCEPTED;
    }

    /** The question, with a new nonce. */
    WWWAuthenticateHeader challenge(boolean stale) throws ParseException {
        WWWAuthenticateHeader question = endpoint.headers().createWWWAuthenticateHeader("Digest");
        question.setRealm(realm);
        question.setNonce(nonces.issue());
        question.setAlgorithm("MD5");
        question.setQop("auth");
        if (stale) {
            question.setStale(true);
        }
        return question;
    }

    /** The answer to a question, as a phone computes it (RFC 2617 §3.2.2). */
    static String response(
            String user,
            String realm,
            String password,
            String method,
            String uri,
            String nonce,
            String nonceCount,
            String clientNonce) {
        String secret = md5(user + ":" + realm + ":" + password);
        return md5(secret + ":" + nonce + ":" + nonceCount + ":" + clientNonce + ":auth:" + md5(method + ":" + uri));
    }

    private boolean isComplete(AuthorizationHeader shown) {
        return realm.equals(shown.getRealm())
                && shown.getNonce() != null
                && shown.getResponse() != null
                && uri(shown) != null
                && shown.getCNonce() != null
                && "auth".equals(shown.getQop())
                && shown.getNonceCount() > 0
                && (shown.getAlgorithm() == null || shown.getAlgorithm().equalsIgnoreCase("MD5"));
    }

    private boolean matches(AuthorizationHeader shown, String method, String password) {
        String expected = response(
                shown.getUsername(),
                realm,
                password,
                method,
                uri(shown),
                shown.getNonce(),
                "%08x".formatted(shown.getNonceCount()),
                shown.getCNonce());
        return MessageDigest.isEqual(bytes(expected), bytes(shown.getResponse()));
    }

    /** Whether the credentials were made for this request and no other (RFC 2617 §3.2.2.5). */
    private boolean isOf(Request request, AuthorizationHeader shown) {
        try {
            return request.getRequestURI().equals(endpoint.addresses().createURI(uri(shown)));
        } catch (ParseException e) {
            return false;
        }
    }

    /** The URI as it was written, which is what was hashed. */
    private static String uri(AuthorizationHeader shown) {
        return shown.getParameter("uri");
    }

    private static String md5(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes(text)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has MD5", e);
        }
    }

    private static byte[] bytes(@Nullable String text) {
        return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }
}
