package org.anticall.ops.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.trust.Enrolled;
import org.anticall.ops.trust.EnrolmentTokens;
import org.anticall.ops.trust.TransportAuthority;

/**
 * {@code POST /enrol}: a gateway shows its one-time token and the public key it has made, and gets a certificate and what else
 * it needs. {@code POST /enrol/renewal}: it shows the certificate it has, and gets the next one. The private key never leaves
 * the gateway. Both are written into the trail.
 */
final class EnrolApi {

    private final TransportAuthority authority;
    private final EnrolmentTokens tokens;
    private final CentreParts parts;
    private final String bundleKey;

    /** @param bundleKey what gateways pin to believe bundles, PEM */
    EnrolApi(TransportAuthority authority, EnrolmentTokens tokens, CentreParts parts, String bundleKey) {
        this.authority = authority;
        this.tokens = tokens;
        this.parts = parts;
        this.bundleKey = bundleKey;
    }

    void addTo(RoutesConfig routes) {
        routes.post("/enrol", this::enrol);
        routes.post("/enrol/renewal", this::renew);
    }

    private void enrol(Context context) throws IOException {
        JsonNode body = Answers.body(context);
        String node = body.path("node").asText("");
        PublicKey key = key(body);
        if (!tokens.use(body.path("token").asText(""), node)) {
            throw new Refused(403, "token", "The token is not good: made for another gateway, used, or too old.");
        }
        Map<String, Object> answer = new LinkedHashMap<>(certificate(node, key));
        answer.put("bundleKey", bundleKey);
        answer.put("recordsToken", parts.recordsToken().value());
        note(context, node, "gateway-enrolled");
        Answers.send(context, 200, answer);
    }

    private void renew(Context context) {
        String node = Objects.requireNonNullElse(GatewayDoor.node(context), "");
        Map<String, Object> answer = certificate(node, key(Answers.body(context)));
        note(context, node, "gateway-certificate-renewed");
        Answers.send(context, 200, answer);
    }

    private Map<String, Object> certificate(String node, PublicKey key) {
        try {
            Enrolled made = Enrolled.of(authority, node, key);
            return Map.of("certificate", made.certificate(), "authority", made.authority());
        } catch (GeneralSecurityException | IllegalArgumentException unfit) {
            throw new Refused(400, "node", "No certificate can be made for this name and key.");
        }
    }

    private static PublicKey key(JsonNode body) {
        try {
            byte[] encoded = Base64.getDecoder().decode(body.path("publicKey").asText(""));
            return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException noKey) {
            throw new Refused(400, "publicKey", "Expected an elliptic public key, X.509 in base 64.");
        }
    }

    private void note(Context context, String node, String action) {
        Actor gateway = new Actor(0, node, context.ip());
        parts.database().audit().add(AuditEntry.of(parts.clock().instant(), gateway, action, "gateway " + node));
    }
}
