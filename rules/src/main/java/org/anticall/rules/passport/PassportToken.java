package org.anticall.rules.passport;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.anticall.rules.call.Attestation;
import org.anticall.rules.call.Passport;
import org.anticall.rules.number.PartyNumber;
import org.jspecify.annotations.Nullable;

/**
 * A PASSporT with its claims decoded (RFC 8225). What it is found to be without a look at the called number is known at
 * once; that may depend on other tokens of the call, see {@link Passports}.
 */
final class PassportToken {

    /** What the signature of ES256 has, raw r and s (RFC 7518 §3.4), bytes. */
    private static final int SIGNATURE_BYTES = 64;

    private static final long FRESH_SECONDS = 60;
    private static final String SHAKEN = "shaken";
    private static final String DIV = "div";
    private static final Set<String> KNOWN = Set.of("", SHAKEN, DIV);

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final IdentityHeader header;
    private final JsonNode head;
    private final JsonNode claims;

    private PassportToken(IdentityHeader header, JsonNode head, JsonNode claims) {
        this.header = header;
        this.head = head;
        this.claims = claims;
    }

    /** The token of {@code header}; null if its parts are not what they should be in any kind of PASSporT. */
    static @Nullable PassportToken of(IdentityHeader header) {
        JsonNode head = object(header.token().head());
        JsonNode claims = object(header.token().claims());
        return head == null || claims == null ? null : new PassportToken(header, head, claims);
    }

    /** Whether it is of a kind that says something of who calls whom; a kind that is not known is left alone (RFC 8224 §6.2). */
    static boolean isAboutTheCall(IdentityHeader header) {
        return KNOWN.contains(header.ppt());
    }

    boolean isDiversion() {
        return header.ppt().equals(DIV);
    }

    Attestation attestation() {
        return switch (text(claims.path("attest"))) {
            case "A" -> Attestation.A;
            case "B" -> Attestation.B;
            case "C" -> Attestation.C;
            default -> Attestation.NONE;
        };
    }

    /** Who it says is called. */
    List<String> dest() {
        List<String> numbers = new ArrayList<>();
        claims.at("/dest/tn").forEach(number -> numbers.add(digits(text(number))));
        return numbers;
    }

    /** Who it says was called before, for a diversion. */
    String divertedFrom() {
        return digits(text(claims.at("/div/tn")));
    }

    /**
     * What it is found to be, whoever is called.
     *
     * @param atEpochMillis when the call came
     * @param caller packed as in {@link PartyNumber}
     */
    Passport check(long atEpochMillis, long caller) {
        if (!isWellFormed() || !hasItsClaims()) {
            return Passport.INVALID;
        }
        String x5u = text(head.path("x5u"));
        if (!x5u.equals(header.info()) || !CertificateAddress.isFit(x5u)) {
            return Passport.BAD_INFO;
        }
        long iat = claims.path("iat").longValue();
        if (Math.abs(atEpochMillis / 1_000 - iat) > FRESH_SECONDS) {
            return Passport.STALE;
        }
        boolean known = PartyNumber.kind(caller) == PartyNumber.Kind.E164;
        String origin = digits(text(claims.at("/orig/tn")));
        return !known || origin.equals(digits(PartyNumber.format(caller))) ? Passport.UNVERIFIED : Passport.INVALID;
    }

    private boolean isWellFormed() {
        byte[] signature = decoded(header.token().signature());
        return signature != null
                && signature.length == SIGNATURE_BYTES
                && text(head.path("typ")).equals("passport")
                && text(head.path("alg")).equals("ES256")
                && (header.alg().isEmpty() || header.alg().equals("ES256"))
                && text(head.path("ppt")).equals(header.ppt());
    }

    private boolean hasItsClaims() {
        JsonNode dest = claims.at("/dest/tn");
        boolean numbers = claims.at("/orig/tn").isTextual() && dest.isArray() && !dest.isEmpty();
        for (JsonNode number : dest) {
            numbers &= number.isTextual();
        }
        boolean time =
                claims.path("iat").isIntegralNumber() && claims.path("iat").canConvertToLong();
        return numbers && time && hasThoseOfItsKind();
    }

    private boolean hasThoseOfItsKind() {
        return switch (header.ppt()) {
            case SHAKEN ->
                attestation() != Attestation.NONE && claims.path("origid").isTextual();
            case DIV -> claims.at("/div/tn").isTextual();
            default -> true;
        };
    }

    private static String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : "";
    }

    /** A number as it is compared: digits, {@code *} and {@code #} without {@code +}, parameters and separators (RFC 8224 §8.3). */
    private static String digits(String number) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < number.length() && number.charAt(i) != ';'; i++) {
            char c = number.charAt(i);
            if ((c >= '0' && c <= '9') || c == '*' || c == '#') {
                digits.append(c);
            }
        }
        return digits.toString();
    }

    private static @Nullable JsonNode object(String part) {
        byte[] json = decoded(part);
        try {
            JsonNode node = json == null ? null : JSON.readTree(json);
            return node != null && node.isObject() ? node : null;
        } catch (IOException notJson) {
            return null;
        }
    }

    private static byte @Nullable [] decoded(String part) {
        try {
            return Base64.getUrlDecoder().decode(part);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }
}
