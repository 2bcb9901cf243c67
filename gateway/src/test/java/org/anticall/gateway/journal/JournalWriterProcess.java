package org.anticall.gateway.journal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.anticall.gateway.config.JournalSettings;

/**
 * A process to be killed: several threads append records and print each one's id as soon as it was accepted, which
 * stands for the interception that takes effect then.
 */
public final class JournalWriterProcess {

    static final JournalSettings SETTINGS = new JournalSettings(256 << 10, 0, Duration.ofMillis(5));

    private JournalWriterProcess() {}

    public static void main(String[] args) throws Exception {
        DecisionJournal journal = DecisionJournal.open(Path.of(args[0]), SETTINGS);
        for (int i = 0; i < 3; i++) {
            String prefix = args[1] + "-" + i + "-";
            new Thread(() -> appendForEver(journal, prefix)).start();
        }
    }

    private static void appendForEver(DecisionJournal journal, String prefix) {
        Random random = new Random(prefix.hashCode());
        try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            for (long n = 0; ; n++) {
                String id = prefix + n;
                byte[] record = (id + " " + "x".repeat(random.nextInt(3000))).getBytes(StandardCharsets.UTF_8);
                while (!journal.append(record)) {
                    Thread.onSpinWait();
                }
                out.write((id + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException parentIsGone) {
            Runtime.getRuntime().halt(1);
        }
    }
}
