package org.anticall.gateway.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.anticall.gateway.config.GatewayConfig;
import org.anticall.gateway.config.RulesLocation;
import org.anticall.rules.Activation;
import org.anticall.rules.bundle.BundleLimits;
import org.anticall.rules.bundle.BundleVerifier;
import org.anticall.rules.bundle.KnownParts;
import org.anticall.rules.bundle.PinnedKeys;
import org.anticall.rules.bundle.Refusal;
import org.anticall.rules.bundle.Verification;
import org.anticall.rules.bundle.VerifiedBundle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings signed bundles from the centre into force.
 *
 * <pre>
 *   start: last good bundle on disk ──┐
 *                                     v
 *   poll ──304──> poll   200 ──> verify ──> compile, one volatile write ──> disk ──> report "enforced" ──> poll
 *    │                              └──────────────┴─────refused─────────> report "refused" ──> pause ──> poll
 *    └─no answer──> pause ──> poll
 * </pre>
 *
 * What comes may be a change of the bundle in force; the two together are verified as if they had come whole. If they do not
 * fit, the whole is asked for. Of a list that did not change nothing is unpacked, hashed, compiled or written again.
 *
 * <p>Authority fails closed: no valid signature of a pinned key, another country, a lower revision, an end that has come, or
 * rules that do not compile change nothing. Without the centre the last good bundle goes on, after a restart too. One
 * thread of its own; what is asked of it from outside is thread-safe.
 */
public final class BundleWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BundleWatch.class);
    private static final Duration WAIT = Duration.ofSeconds(25);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(24);
    private static final long SHORTEST_PAUSE_MILLIS = 200;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;
    private static final long AT_MOST_EVERY_MILLIS = 1_000;
    private static final long STOP_WITHIN_MILLIS = 2_000;

    private final String node;
    private final RuleFeed rules;
    private final BundleEndpoint endpoint;
    private final BundleStore store;
    private final String home;
    private final Thread thread = new Thread(this::run, "bundle-watch");
    private final ObjectMapper json = new ObjectMapper();
    private final LongAdder failures = new LongAdder();
    private final LongAdder refusals = new LongAdder();
    private final LongAdder reportFailures = new LongAdder();

    private volatile Standing standing = new Standing(null, null, "", "");
    private volatile boolean isRunning = true;
    private String tag = "";

    /** The keys that were pinned when the centre was asked last. */
    private PinnedKeys askedWith;

    /** The bundle that the next may be a change of: the one in force; null if there is none or it was of no use. */
    private @Nullable VerifiedBundle held;

    private long pauseMillis = SHORTEST_PAUSE_MILLIS;
    private long reportedNanos = System.nanoTime() - HEARTBEAT_NANOS;

    /**
     * How things stand with the centre.
     *
     * @param created when the bundle in force was signed, null if none is in force
     * @param heardAt when the centre answered last, null if it never did
     * @param trouble why the centre cannot be asked, empty while it can
     * @param refused why the newest bundle was refused, empty if it was not
     */
    public record Standing(@Nullable Instant created, @Nullable Instant heardAt, String trouble, String refused) {}

    /**
     * @param config of a gateway that takes bundles
     * @param location where they come from and who must have signed them
     */
    public BundleWatch(GatewayConfig config, RulesLocation.Bundles location, RuleFeed rules) {
        this(config, location, rules, WAIT, ANSWER_WITHIN);
    }

    BundleWatch(
            GatewayConfig config,
            RulesLocation.Bundles location,
            RuleFeed rules,
            Duration wait,
            Duration answerWithin) {
        this.node = config.node();
        this.rules = rules;
        this.askedWith = rules.pinned();
        this.endpoint = new BundleEndpoint(location, wait, answerWithin, BundleLimits.DEFAULT.bundleBytes());
        this.store = new BundleStore(config.state());
        this.home = config.home();
        thread.setDaemon(true);
    }

    /** Takes the last good bundle into force, if there is one, and begins to ask the centre for a newer one. */
    public void start() {
        try {
            byte[] kept = store.read();
            if (kept != null) {
                take(verify(kept, store), 0);
            }
        } catch (IOException unreadable) {
            refused("the last good bundle cannot be read: " + unreadable.getMessage());
        }
        tag = tagInForce();
        thread.start();
    }

    public Standing standing() {
        return standing;
    }

    /** Times the centre could not be asked since the start. */
    public long failures() {
        return failures.sum();
    }

    /** Bundles refused since the start. */
    public long refusals() {
        return refusals.sum();
    }

    /** Reports the centre did not take since the start. */
    public long reportFailures() {
        return reportFailures.sum();
    }

    private void run() {
        if (rules.book().revision() != 0) {
            report("enforced", rules.book().revision(), "");
        }
        while (isRunning) {
            long asked = System.nanoTime();
            lookAtKeys();
            try {
                BundleEndpoint.Fetched fetched = endpoint.fetch(tag, heldRevision());
                standing = new Standing(standing.created(), Instant.now(), "", standing.refused());
                pauseMillis = SHORTEST_PAUSE_MILLIS;
                boolean isNew = fetched != null && received(fetched);
                // A centre that does not hold requests, or insists on a bundle that was refused, is not asked all the
                // time.
                if (!isNew && System.nanoTime() - asked < TimeUnit.SECONDS.toNanos(1)) {
                    pause(AT_MOST_EVERY_MILLIS);
                }
            } catch (InterruptedException stopped) {
                return;
            } catch (IOException unanswered) {
                silent(String.valueOf(unanswered.getMessage()));
                failures.increment();
                pause();
            } catch (RuntimeException failure) {
                failures.increment();
                LOG.atError().setCause(failure).log("a bundle could not be handled");
                pause();
            }
            heartbeat();
        }
    }

    /** A bundle that was refused for its key is asked for once more when other keys are pinned. */
    private void lookAtKeys() {
        PinnedKeys now = rules.pinned();
        if (now != askedWith) {
            askedWith = now;
            tag = tagInForce();
        }
    }

    private String tagInForce() {
        long revision = rules.book().revision();
        return revision == 0 ? "" : Long.toString(revision);
    }

    private boolean received(BundleEndpoint.Fetched fetched) throws IOException, InterruptedException {
        tag = fetched.tag();
        byte[] bundle = fetched.bundle();
        Verification verification = verify(bundle, held);
        if (verification instanceof Verification.Genuine || held == null || !isChange(bundle)) {
            return take(verification, bundle.length);
        }
        // A change only saves time: whatever is wrong with it, the whole bundle may be well.
        held = null;
        BundleEndpoint.Fetched whole = endpoint.fetch("", 0);
        return whole == null
                ? take(verification, bundle.length)
                : take(verify(whole.bundle(), null), whole.bundle().length);
    }

    private boolean isChange(byte[] bundle) {
        return verify(bundle, null) instanceof Verification.Refused alone && alone.refusal() == Refusal.MISSING_BASE;
    }

    private long heldRevision() {
        VerifiedBundle before = held;
        return before == null ? 0 : before.manifest().revision();
    }

    private Verification verify(byte[] bundle, @Nullable KnownParts known) {
        long lowest = Math.max(rules.book().revision(), store.highest() - 1);
        return new BundleVerifier(rules.pinned(), home, BundleLimits.DEFAULT)
                .verify(bundle, lowest, Instant.now(), known);
    }

    /**
     * Takes a bundle into force, unless something is wrong with it.
     *
     * @param travelled bytes that came for it
     */
    private boolean take(Verification verification, int travelled) {
        if (verification instanceof Verification.Refused refused) {
            refused(refused.refusal().text() + ": " + refused.message());
            return false;
        }
        VerifiedBundle genuine = ((Verification.Genuine) verification).bundle();
        if (rules.take(genuine) instanceof Activation.Rejected) {
            refused("the rules cannot be used: "
                    + String.join("; ", rules.latest().problems()));
            return false;
        }
        Instant heard = standing.heardAt();
        standing = new Standing(genuine.manifest().created(), heard, "", "");
        long revision = genuine.manifest().revision();
        LOG.atInfo()
                .addKeyValue("revision", revision)
                .addKeyValue("key", genuine.keyId())
                .addKeyValue("created", genuine.manifest().created())
                .addKeyValue("bytes", travelled)
                .addKeyValue("listsRead", rules.book().lists().read())
                .log("bundle is in force");
        held = genuine;
        keep(genuine, revision);
        if (thread.isAlive()) {
            report("enforced", revision, "");
        }
        return true;
    }

    private void keep(VerifiedBundle bundle, long revision) {
        try {
            synchronized (store) {
                if (isRunning) {
                    store.keep(bundle, revision);
                }
            }
        } catch (IOException diskFails) {
            LOG.atError()
                    .addKeyValue("cause", diskFails.toString())
                    .log("the bundle in force cannot be kept on disk; after a restart the one before it counts");
        }
    }

    private void refused(String why) {
        refusals.increment();
        standing = new Standing(standing.created(), standing.heardAt(), standing.trouble(), why);
        LOG.atError().addKeyValue("reason", why).log("bundle refused, the one before it stays in force");
        if (thread.isAlive()) {
            report("refused", number(tag), why);
        }
    }

    private void silent(String why) {
        if (standing.trouble().isEmpty()) {
            LOG.atWarn().addKeyValue("reason", why).log("the centre hands out no bundles, the last good one stays");
        }
        standing = new Standing(standing.created(), standing.heardAt(), why, standing.refused());
    }

    private void heartbeat() {
        if (System.nanoTime() - reportedNanos >= HEARTBEAT_NANOS) {
            report("enforced", rules.book().revision(), standing.refused());
        }
    }

    private void report(String state, long revision, String reason) {
        reportedNanos = System.nanoTime();
        ObjectNode report = json.createObjectNode()
                .put("node", node)
                .put("revision", revision)
                .put("hash", state.equals("enforced") ? rules.book().hash() : "")
                .put("at", Instant.now().toString())
                .put("state", state)
                .put("reason", reason);
        try {
            endpoint.report(report.toString(), taken -> reportFailures.add(taken ? 0 : 1));
        } catch (IOException noToken) {
            reportFailures.increment();
        }
    }

    private void pause() {
        pause(pauseMillis);
        pauseMillis = Math.min(pauseMillis * 2, LONGEST_PAUSE_MILLIS);
    }

    /** Between half of and all of that time, so that gateways do not come back all at once; an interrupt ends it. */
    private static void pause(long longestMillis) {
        long jittered = ThreadLocalRandom.current().nextLong(longestMillis / 2, longestMillis + 1);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(jittered));
    }

    private static long number(String tag) {
        try {
            return Long.parseLong(tag);
        } catch (NumberFormatException notARevision) {
            return 0;
        }
    }

    /** Stops asking; the bundle in force stays. */
    @Override
    public void close() {
        synchronized (store) {
            // Not while a bundle is being kept: an interrupt closes the file under it.
            isRunning = false;
            thread.interrupt();
        }
        try {
            thread.join(STOP_WITHIN_MILLIS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
