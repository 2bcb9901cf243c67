package org.anticall.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.anticall.ops.config.OpsConfig;
import org.anticall.ops.http.CentreHttp;
import org.anticall.ops.http.CentreParts;
import org.anticall.ops.http.GatewayDoor;
import org.anticall.ops.trust.EnrolmentTokens;
import org.anticall.ops.trust.ServerKeys;
import org.anticall.ops.trust.TransportAuthority;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The centre's doors with TLS: the console's, and the gateways'. Looks every {@link #LOOK_EVERY} whether the console's files
 * have changed, and makes new certificates long before the present ones end: nothing has to be restarted for a new key.
 */
final class TransportDoors implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TransportDoors.class);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    /** A third of what they live. */
    private static final Duration RENEW_AFTER = Duration.ofDays(30);

    private final OpsConfig config;
    private final Clock clock;
    private final @Nullable TransportAuthority authority;
    private final ScheduledExecutorService keeper = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "transport-keys");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable CentreHttp console;
    private @Nullable GatewayDoor gateways;
    private Instant filesChanged = Instant.EPOCH;
    private Instant generatedAt;

    TransportDoors(OpsConfig config, Clock clock) throws IOException {
        this.config = config;
        this.clock = clock;
        this.generatedAt = clock.instant();
        OpsConfig.ConsoleTls tls = config.exposure().tls();
        boolean signs = config.exposure().gateways() != null || (tls != null && tls.certificate() == null);
        this.authority = signs ? authority(config, clock) : null;
    }

    /** The authority of a centre; {@code keys} lies in its state directory. */
    static TransportAuthority authority(OpsConfig config, Clock clock) throws IOException {
        return TransportAuthority.openOrMake(config.state().resolve("keys"), clock);
    }

    static EnrolmentTokens tokens(OpsConfig config, Clock clock) throws IOException {
        return new EnrolmentTokens(config.state().resolve("keys/enrolment"), clock);
    }

    /** The console's server, not yet listening. */
    CentreHttp console(CentreParts parts) throws IOException {
        OpsConfig.ConsoleTls tls = config.exposure().tls();
        ServerKeys keys = tls == null ? null : consoleKeys(tls);
        CentreHttp made = new CentreHttp(config.http(), keys, config.exposure().gateways() == null, parts);
        console = made;
        return made;
    }

    private ServerKeys consoleKeys(OpsConfig.ConsoleTls tls) throws IOException {
        Path certificate = tls.certificate();
        Path key = tls.key();
        if (certificate == null || key == null) {
            if (authority == null) {
                throw new IllegalStateException("an authority is made for generated certificates");
            }
            return ServerKeys.generated(authority, tls.names());
        }
        filesChanged = ServerKeys.changed(List.of(certificate, key));
        return ServerKeys.ofFiles(certificate, key);
    }

    /**
     * Lets gateways in, if they have a door of their own, and begins to look after the keys.
     *
     * @param opened takes what has to be closed in the end
     * @return the port, 0 if there is no such door
     */
    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the keeper
    int openForGateways(CentreParts parts, Consumer<AutoCloseable> opened) throws IOException {
        OpsConfig.GatewayListen listen = config.exposure().gateways();
        if (listen != null && authority != null) {
            String bundleKey = Files.readString(config.state().resolve("keys/bundle.pem"));
            GatewayDoor door = new GatewayDoor(
                    listen.listen(), listen.names(), authority, tokens(config, clock), parts, bundleKey);
            opened.accept(door);
            door.start();
            gateways = door;
        }
        keeper.scheduleWithFixedDelay(this::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return gateways == null ? 0 : gateways.port();
    }

    private void look() {
        try {
            boolean isDue = clock.instant().isAfter(generatedAt.plus(RENEW_AFTER));
            GatewayDoor door = gateways;
            if (isDue && door != null) {
                door.renew();
            }
            OpsConfig.ConsoleTls tls = config.exposure().tls();
            CentreHttp web = console;
            if (tls != null && web != null) {
                Path certificate = tls.certificate();
                Path key = tls.key();
                boolean hasChanged = certificate != null
                        && key != null
                        && ServerKeys.changed(List.of(certificate, key)).isAfter(filesChanged);
                if (hasChanged || (certificate == null && isDue)) {
                    web.exchange(consoleKeys(tls));
                    LOG.atInfo().log("the console shows a new certificate");
                }
            }
            if (isDue) {
                generatedAt = clock.instant();
            }
        } catch (IOException unusable) {
            // Both files are seldom written at once: the next look finds them whole, and until then the old keys are
            // shown.
            LOG.atWarn().setCause(unusable).log("new keys cannot be used");
        }
    }

    @Override
    public void close() {
        keeper.shutdownNow();
    }
}
