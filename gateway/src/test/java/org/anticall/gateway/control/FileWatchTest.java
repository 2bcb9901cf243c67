package org.anticall.gateway.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {

    @TempDir
    Path directory;

    @Test
    void aReplacedFileIsNoticedAndAnUntouchedOneIsNot() throws Exception {
        Path rules = Files.writeString(directory.resolve("rules.yaml"), "one");
        Path roamers = Files.writeString(directory.resolve("roamers.csv"), "");
        LinkedBlockingQueue<String> changes = new LinkedBlockingQueue<>();
        try (FileWatch watch = new FileWatch()) {
            watch.add(rules, () -> changes.add("rules"));
            watch.add(roamers, () -> changes.add("roamers"));
            watch.start();
            Path fresh = Files.writeString(directory.resolve("fresh"), "longer than one");
            Files.move(fresh, rules, StandardCopyOption.ATOMIC_MOVE);
            assertEquals("rules", changes.poll(20, TimeUnit.SECONDS));
            Files.writeString(rules, "back");
            assertEquals("rules", changes.poll(20, TimeUnit.SECONDS));
            assertTrue(changes.isEmpty(), "of roamers there is nothing to say");
        }
    }
}
