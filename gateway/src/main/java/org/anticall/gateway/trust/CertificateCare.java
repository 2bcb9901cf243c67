package org.anticall.gateway.trust;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets the gateway's next certificate when two thirds of the present one's time are over; looks once an hour. */
public final class CertificateCare implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateCare.class);
    private static final Duration LOOK_EVERY = Duration.ofHours(1);

    private final Enrolment enrolment;
    private final URI centre;
    private final Clock clock;
    private final ScheduledExecutorService keeper = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "certificate-care");
        thread.setDaemon(true);
        return thread;
    });

    /** @param centre any address of the gateways' door */
    public CertificateCare(Path trust, URI centre, Clock clock) {
        this.enrolment = new Enrolment(trust);
        this.centre = centre;
        this.clock = clock;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the keeper
    public void start() {
        keeper.scheduleWithFixedDelay(this::look, 0, LOOK_EVERY.toMinutes(), TimeUnit.MINUTES);
    }

    private void look() {
        try {
            if (enrolment.isDue(clock.instant())) {
                enrolment.renew(centre);
                LOG.atInfo().log("this gateway has its next certificate");
            }
        } catch (IOException failed) {
            // There is a third of its time left to try again.
            LOG.atWarn().addKeyValue("why", failed.getMessage()).log("no new certificate from the centre");
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        keeper.shutdownNow();
    }
}
