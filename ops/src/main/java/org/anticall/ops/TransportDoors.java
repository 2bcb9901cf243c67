package org.anticall.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
    private String files = "";
    private String refused = "";
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
        if (keys != null) {
            // Browsers stay out then, but phones, calls and records need the centre.
            keys.untimelyAt(clock.instant())
                    .ifPresent(why -> LOG.atError().log("tls: the console's certificate {}; browsers refuse it", why));
        }
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
        try {
            files = ServerKeys.stateOf(List.of(certificate, key));
            return ServerKeys.ofFiles(certificate, key);
        } catch (IOException unfit) {
            throw new IOException("tls: " + unfit.getMessage(), unfit);
        }
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
            OpsConfig.ConsoleTls tls = config.exposure().tls();
            CentreHttp web = console;
            if (clock.instant().isAfter(generatedAt.plus(RENEW_AFTER))) {
                generatedAt = clock.instant();
                GatewayDoor door = gateways;
                if (door != null) {
                    door.renew();
                }
                if (web != null && tls != null && tls.certificate() == null) {
                    web.exchange(consoleKeys(tls));
                }
            }
            if (web != null && tls != null && hasChanged(tls)) {
                exchangeFiles(web, tls);
            }
        } catch (IOException unusable) {
            // Files are seldom written at once: a later look finds all of them, and until then the old keys are shown.
            files = "";
            String why = String.valueOf(unusable.getMessage());
            if (!why.equals(refused)) {
                refused = why;
                LOG.atWarn().log("{}; the former certificate is shown meanwhile", why);
            }
        }
    }

    private void exchangeFiles(CentreHttp web, OpsConfig.ConsoleTls tls) throws IOException {
        ServerKeys keys = consoleKeys(tls);
        Optional<String> untimely = keys.untimelyAt(clock.instant());
        if (untimely.isPresent()) {
            throw new IOException("tls: the new certificate " + untimely.get());
        }
        web.exchange(keys);
        refused = "";
        LOG.atInfo().log("the console shows a new certificate");
    }

    private boolean hasChanged(OpsConfig.ConsoleTls tls) throws IOException {
        Path certificate = tls.certificate();
        Path key = tls.key();
        return certificate != null
                && key != null
                && !ServerKeys.stateOf(List.of(certificate, key)).equals(files);
    }

    @Override
    public void close() {
        keeper.shutdownNow();
    }
}
