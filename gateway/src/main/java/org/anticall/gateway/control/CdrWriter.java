package org.anticall.gateway.control;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.anticall.gateway.config.CdrSettings;
import org.anticall.gateway.path.CallEvents;
import org.anticall.gateway.path.CallStory;
import org.anticall.gateway.sip.SipMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one line per ended call. Event loops only hand calls over; what does not fit, or what the disk does not take, is
 * dropped and counted. Formatting and writing are done in a {@link Backroom}.
 */
public final class CdrWriter implements CallEvents, AutoCloseable {

    /** Most calls that wait for being written. */
    static final int MAX_WAITING = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(CdrWriter.class);
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long STOP_WITHIN_MILLIS = 5_000;

    private final CallDetail detail;
    private final List<CdrFile> files;
    private final LongAdder written = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final Backroom<CallStory> room =
            new Backroom<>("cdr-writer", MAX_WAITING, IDLE_NANOS, STOP_WITHIN_MILLIS, new Writing());
    private volatile String trouble = "";

    /**
     * @param orders the document that orders a rule, by the rule's id; empty where nobody knows
     */
    public CdrWriter(String node, CdrSettings settings, Function<String, String> orders) {
        this.detail = new CallDetail(node, settings.numbers(), orders);
        this.files = settings.formats().stream()
                .sorted()
                .map(format -> new CdrFile(settings, format))
                .toList();
    }

    /**
     * Begins to write.
     *
     * @throws IOException if the directory cannot be used
     */
    public void start() throws IOException {
        for (CdrFile file : files) {
            file.adopt();
        }
        room.start();
    }

    @Override
    public void began(CallStory call, SipMessage invite) {
        call.keepCallId(invite);
    }

    @Override
    public void ended(CallStory call) {
        room.put(call);
    }

    /** Lines written since the start, counted once however many formats there are. */
    public long written() {
        return written.sum();
    }

    /** Calls without a line since the start. */
    public long dropped() {
        return room.dropped() + failed.sum();
    }

    /** Why the disk takes nothing, empty while it does. */
    public String trouble() {
        return trouble;
    }

    private final class Writing implements Backroom.Worker<CallStory> {

        @Override
        public void accept(CallStory call) {
            write(detail.of(call));
        }

        @Override
        public void pause(boolean isLast) {
            tick(isLast);
        }
    }

    private void write(Map<String, @Nullable Object> line) {
        try {
            for (CdrFile file : files) {
                file.write(line, System.nanoTime());
            }
            written.increment();
            say("");
        } catch (IOException failure) {
            failed.increment();
            files.forEach(CdrFile::abandon);
            say(failure.toString());
        }
    }

    private void tick(boolean isLast) {
        for (CdrFile file : files) {
            try {
                if (isLast) {
                    file.finish();
                } else {
                    file.tick(System.nanoTime());
                }
            } catch (IOException failure) {
                say(failure.toString());
            }
        }
    }

    private void say(String now) {
        if (trouble.isEmpty() && !now.isEmpty()) {
            LOG.atError().addKeyValue("cause", now).log("call detail records cannot be written");
        }
        trouble = now;
    }

    /** Writes what waits and closes the files. */
    @Override
    public void close() {
        room.close();
    }
}
