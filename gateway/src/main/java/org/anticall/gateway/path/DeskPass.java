package org.anticall.gateway.path;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.anticall.gateway.config.Contract;
import org.anticall.gateway.config.DeskCalls;
import org.anticall.gateway.config.GatewayConfig;
import org.anticall.gateway.config.Trunk;
import org.anticall.gateway.config.TrunkLimits;
import org.anticall.gateway.sip.HeaderId;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipText;
import org.anticall.gateway.sip.SipUri;
import org.anticall.gateway.transport.Source;
import org.anticall.gateway.verdict.RecordIds;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.record.BypassToken;

/**
 * Lets calls pass that the desk places with a {@link BypassToken}: only from a hop of the desk, only for the callee and
 * the diverted call it was made for, only by the gateway that diverted it, only in time, only once. Thread-safe.
 */
final class DeskPass {

    /** Longest time a token may still have before it, seconds; longer ones are refused, for they must be remembered. */
    static final long LONGEST_SECONDS = 300;

    /** What a call's token is worth. */
    enum Outcome {
        VALID,
        /** It has none, or one that cannot be read. */
        MISSING,
        /** Another key, another callee, or another gateway's call. */
        FORGED,
        EXPIRED,
        REUSED
    }

    private final byte[] key;
    private final Trunk trunk;
    private final RecordIds ids;
    private final UsedTokens used;

    private DeskPass(byte[] key, String route, RecordIds ids, UsedTokens used) {
        this.key = key;
        this.ids = ids;
        this.used = used;
        this.trunk = new Trunk(
                GatewayConfig.DESK,
                TrunkClass.NATIONAL,
                List.of(),
                route,
                Trunk.OnOverload.PASS,
                Contract.DEFAULT,
                TrunkLimits.NONE);
    }

    /**
     * Reads the key.
     *
     * @param ids whose ids are this gateway's
     * @throws IOException if the key cannot be read or is too short; the message names the file
     */
    static DeskPass open(GatewayConfig config, DeskCalls calls, RecordIds ids) throws IOException {
        byte[] key = Files.readAllBytes(calls.bypassKey());
        if (key.length < BypassToken.SHORTEST_KEY) {
            throw new IOException(calls.bypassKey() + ": expected a key of at least " + BypassToken.SHORTEST_KEY
                    + " bytes, found " + key.length);
        }
        return new DeskPass(key, calls.route(), ids, UsedTokens.in(config.state()));
    }

    /** What the desk's calls are on: nobody else's, and nothing of theirs is taken out. */
    Trunk trunk() {
        return trunk;
    }

    /** Looks at the token of {@code invite} and uses it if it is valid. */
    Outcome admit(SipMessage invite, Source source, long epochMillis) {
        BypassToken token = source.isDesk() ? BypassToken.parse(invite.text(HeaderId.X_ANTICALL_BYPASS)) : null;
        SipUri uri = new SipUri();
        if (token == null || !uri.read(invite.bytes(), invite.uriStart(), invite.uriEnd())) {
            return Outcome.MISSING;
        }
        String callee = SipText.string(invite.bytes(), uri.userStart(), uri.userEnd());
        if (!token.isSignedBy(key, callee) || !ids.isOurs(token.recordId())) {
            return Outcome.FORGED;
        }
        long nowSeconds = epochMillis / 1000;
        if (token.expiresSeconds() <= nowSeconds || token.expiresSeconds() > nowSeconds + LONGEST_SECONDS) {
            return Outcome.EXPIRED;
        }
        return used.use(token.mac(), token.expiresSeconds(), nowSeconds) ? Outcome.VALID : Outcome.REUSED;
    }
}
