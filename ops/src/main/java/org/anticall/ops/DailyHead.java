package org.anticall.ops;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.anticall.ops.audit.HeadSigner;
import org.anticall.ops.audit.SignedHead;
import org.anticall.ops.store.AuditTrail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs the head of the audit trail when the newest signature is a day old; a centre that was down overnight signs as soon as
 * it is back.
 */
final class DailyHead {

    private static final Logger LOG = LoggerFactory.getLogger(DailyHead.class);
    private static final Duration EVERY = Duration.ofDays(1);

    private final AuditTrail audit;
    private final HeadSigner signer;
    private final Clock clock;

    DailyHead(AuditTrail audit, HeadSigner signer, Clock clock) {
        this.audit = audit;
        this.signer = signer;
        this.clock = clock;
    }

    /** Signs if the newest signature is a day old or there is none. */
    void signIfDue() {
        Instant now = clock.instant();
        Instant due = audit.newestHead()
                .map(SignedHead::at)
                .orElse(Instant.MIN.plus(EVERY))
                .plus(EVERY);
        if (!now.isBefore(due)) {
            audit.sign(signer, now).ifPresent(head -> LOG.atInfo()
                    .addKeyValue("link", head.seq())
                    .addKeyValue("hash", head.hash())
                    .log("head of the audit trail signed"));
        }
    }
}
