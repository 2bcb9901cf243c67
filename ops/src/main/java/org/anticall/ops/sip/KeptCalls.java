package org.anticall.ops.sip;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls that are talked on and who sits at the console, in a folder of this machine: what survives a restart and a
 * {@code kill -9}. A file a call, replaced as a whole; it is gone when the call is over. Files and not the database, since a
 * dialog belongs to the address and the relays of one machine, and calls are answered while the database is away. Written
 * on a thread of its own; may be used by any thread.
 */
public final class KeptCalls implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeptCalls.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CALL = ".call";
    private static final String SEATS = "seats.json";

    private final Path folder;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(task -> new Thread(task, "kept-calls"));

    /**
     * @param folder made if it is not there; only its owner may read it
     * @throws IOException if it cannot be made
     */
    public KeptCalls(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    /** Record ids of the calls an earlier run was at when it ended. */
    public Set<String> recordIds() {
        return calls().stream().map(KeptCall::recordId).collect(Collectors.toSet());
    }

    /** Writes what waits. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.atWarn().log("not every call that is talked on is written down");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All calls there are; a file that cannot be read is logged and left out. */
    List<KeptCall> calls() {
        List<KeptCall> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(each -> each.toString().endsWith(CALL))
                    .sorted()
                    .toList()) {
                try {
                    all.add(JSON.readValue(file.toFile(), KeptCall.class));
                } catch (IOException damaged) {
                    LOG.atError().addKeyValue("file", file).setCause(damaged).log("a call cannot be taken up");
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            LOG.atError().addKeyValue("folder", folder).setCause(e).log("no call can be taken up");
        }
        return all;
    }

    /** Who sat at the console. */
    List<KeptSeat> seats() {
        Path file = folder.resolve(SEATS);
        try {
            return Files.exists(file) ? JSON.readValue(file.toFile(), new TypeReference<>() {}) : List.of();
        } catch (IOException damaged) {
            LOG.atError().addKeyValue("file", file).setCause(damaged).log("nobody is known to sit at the console");
            return List.of();
        }
    }

    void keep(KeptCall call) {
        write(call.recordId() + CALL, call);
    }

    void forget(String recordId) {
        writer.execute(() -> {
            try {
                Files.deleteIfExists(folder.resolve(recordId + CALL));
            } catch (IOException e) {
                LOG.atError()
                        .addKeyValue("call", recordId)
                        .setCause(e)
                        .log("a call that is over is still written down");
            }
        });
    }

    void keepSeats(List<KeptSeat> seats) {
        write(SEATS, seats);
    }

    private void write(String name, Object what) {
        writer.execute(() -> {
            try {
                Path fresh = folder.resolve(name + ".new");
                Files.write(fresh, bytes(what));
                Files.move(
                        fresh,
                        folder.resolve(name),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                LOG.atError().addKeyValue("file", name).setCause(e).log("would be lost in a restart");
            }
        });
    }

    private static byte[] bytes(Object what) throws JsonProcessingException {
        return JSON.writeValueAsBytes(what);
    }
}
