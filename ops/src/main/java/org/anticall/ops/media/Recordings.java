package org.anticall.ops.media;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recordings of answered calls. A relay captures packets into its spool; when the call is over they become a WAV file with
 * two channels, sealed with the key, and the packets are deleted. May be used by any thread.
 */
public final class Recordings implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Recordings.class);
    private static final Pattern RECORD_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern PORT = Pattern.compile("m=audio (\\d+) ");
    private static final Duration SETTLES_WITHIN = Duration.ofMillis(500);
    private static final int MOST_TRIES = 20;
    private static final int LEAST_CAPTURED = 1_000;

    /** Half a second of one party. */
    private static final long FEWEST_PACKETS = 25;

    private final Path spool;
    private final Path folder;
    private final byte[] key;
    private volatile boolean failing;
    private final ScheduledThreadPoolExecutor worker =
            new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "recordings"));

    /**
     * @param spool what the relays have as {@code recording-dir}
     * @param folder where the sealed files go; made if it is not there
     * @param key {@link SealedFile#KEY_BYTES} bytes; not to be changed
     */
    public Recordings(Path spool, Path folder, byte[] key) throws IOException {
        this.spool = spool;
        this.folder = Files.createDirectories(folder);
        this.key = key;
    }

    /**
     * Whether every relay that is up writes what it is told to capture: each gets a call of our own and has to leave its
     * packets in the spool. Takes a few seconds; says in the log what is wrong.
     */
    public boolean work(MediaRelays relays) {
        boolean all = true;
        for (MediaRelay relay : relays.all()) {
            all &= !relay.isUp() || works(relay);
        }
        failing = !all;
        return all;
    }

    /** Whether the latest attempt to record, the self-test at the start among them, came to nothing. */
    public boolean isFailing() {
        return failing;
    }

    private boolean works(MediaRelay relay) {
        String callId = "self-test-" + UUID.randomUUID();
        try {
            RecordingCheck.run(relay.begin(callId));
            for (int tries = 0; tries < MOST_TRIES; tries++) {
                for (Path pcap : captured(callId)) {
                    if (Files.size(pcap) > LEAST_CAPTURED) {
                        Files.delete(pcap);
                        LOG.atInfo().addKeyValue("relay", relay.address()).log("recording works");
                        return true;
                    }
                }
                LockSupport.parkNanos(SETTLES_WITHIN.toNanos() / 2);
            }
            throw new IOException("it left no packets in " + spool);
        } catch (IOException failed) {
            LOG.atError()
                    .addKeyValue("relay", relay.address())
                    .addKeyValue("why", failed.getMessage())
                    .log("recording does not work");
            return false;
        }
    }

    /** The call is answered: the relay begins to capture it. */
    public void begin(RelayedCall call) {
        var unused = call.record().exceptionally(failure -> {
            LOG.atError().addKeyValue("why", failure.getMessage()).log("a call is not recorded");
            failing = true;
            return null;
        });
    }

    /**
     * The sound of a call is over: what was captured is sealed soon.
     *
     * @param callId the relay's name of the sound
     * @param toCaller the session description the caller got, which names the port it sent to
     * @param packets how many the relay took in; of a sound that never began nothing can be missing
     */
    public void finished(String recordId, String callId, String toCaller, long packets) {
        Matcher port = PORT.matcher(toCaller);
        if (RECORD_ID.matcher(recordId).matches() && port.find()) {
            boolean isDue = packets >= FEWEST_PACKETS;
            later(new Sealing(recordId, callId, Integer.parseInt(port.group(1)), isDue), MOST_TRIES);
        }
    }

    /** The sealed parts of a call in their order: one for each sound it had. */
    public List<Path> of(String recordId) throws IOException {
        if (!RECORD_ID.matcher(recordId).matches()) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(recordId + "~"))
                    .filter(file -> file.toString().endsWith(".acr"))
                    .sorted()
                    .toList();
        }
    }

    /**
     * The recording of one call.
     *
     * @param parts how many there are, one for each sound it had
     * @param bytes size of all parts, sealed
     * @param sealedAt when the last part was sealed
     */
    public record Kept(String recordId, int parts, long bytes, Instant sealedAt) {

        private Kept and(Kept other) {
            Instant last = other.sealedAt.isAfter(sealedAt) ? other.sealedAt : sealedAt;
            return new Kept(recordId, parts + other.parts, bytes + other.bytes, last);
        }
    }

    /** The recordings that were sealed before {@code before}, newest first, at most {@code most} of them. */
    public List<Kept> kept(Instant before, int most) throws IOException {
        Map<String, Kept> found = new HashMap<>();
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, "*~*.acr")) {
            for (Path part : parts) {
                BasicFileAttributes file = Files.readAttributes(part, BasicFileAttributes.class);
                String id = recordIdOf(part);
                found.merge(
                        id, new Kept(id, 1, file.size(), file.lastModifiedTime().toInstant()), Kept::and);
            }
        }
        return found.values().stream()
                .filter(each -> each.sealedAt().isBefore(before))
                .sorted(Comparator.comparing(Kept::sealedAt).reversed())
                .limit(most)
                .toList();
    }

    private static String recordIdOf(Path part) {
        String name = part.getFileName().toString();
        return name.substring(0, name.indexOf('~'));
    }

    /**
     * Deletes the recordings of calls that were sealed before {@code before}.
     *
     * @param needed whether the recordings of a record have to stay
     * @return how many parts are gone
     * @throws IOException if one cannot be deleted; the others may be gone
     */
    public int forget(Instant before, Predicate<String> needed) throws IOException {
        int gone = 0;
        for (Path part : sealedBefore(before)) {
            if (!needed.test(recordIdOf(part)) && Files.deleteIfExists(part)) {
                gone++;
            }
        }
        return gone;
    }

    private List<Path> sealedBefore(Instant before) throws IOException {
        List<Path> old = new ArrayList<>();
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, "*~*.acr")) {
            for (Path part : parts) {
                if (Files.getLastModifiedTime(part).toInstant().isBefore(before)) {
                    old.add(part);
                }
            }
        }
        return old;
    }

    /** Opens one of {@link #of} as a WAV file. */
    public void open(Path part, OutputStream out) throws IOException {
        SealedFile.read(part, key, out);
    }

    /** Looks in the background whether the relays record ({@link #work}). */
    public void check(MediaRelays relays) {
        worker.execute(() -> work(relays));
    }

    /** Waits a moment for what is being sealed. */
    @Override
    public void close() {
        worker.shutdown();
        try {
            if (!worker.awaitTermination(3, TimeUnit.SECONDS)) {
                worker.shutdownNow();
            }
        } catch (InterruptedException e) {
            worker.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /**
     * What is to be sealed.
     *
     * @param port where the caller sent to
     * @param isDue whether something must have been captured
     */
    private record Sealing(String recordId, String callId, int port, boolean isDue) {}

    private void later(Sealing work, int tries) {
        var unused = worker.schedule(() -> seal(work, tries), SETTLES_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void seal(Sealing work, int tries) {
        String recordId = work.recordId();
        try {
            List<Path> captured = captured(work.callId());
            if (captured.isEmpty()) {
                if (tries > 1) {
                    later(work, tries - 1);
                } else if (work.isDue()) {
                    LOG.atError().addKeyValue("call", recordId).log("the relay left no recording");
                    failing = true;
                }
                return;
            }
            int number = of(recordId).size();
            for (Path pcap : captured) {
                byte[] wav = CapturedCall.wav(Files.readAllBytes(pcap), work.port());
                SealedFile.write(
                        folder.resolve(recordId + "~" + String.format(Locale.ROOT, "%03d", number++) + ".acr"),
                        key,
                        wav);
                Files.delete(pcap);
            }
            failing = false;
        } catch (IOException | RuntimeException failed) {
            LOG.atError().addKeyValue("call", recordId).setCause(failed).log("a recording was not sealed");
            failing = true;
        }
    }

    /** The relay's files of one sound; it puts its name in front. */
    private List<Path> captured(String callId) throws IOException {
        Path pcaps = spool.resolve("pcaps");
        if (!Files.isDirectory(pcaps)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(pcaps)) {
            return files.filter(file -> file.getFileName().toString().startsWith(callId))
                    .toList();
        }
    }
}
