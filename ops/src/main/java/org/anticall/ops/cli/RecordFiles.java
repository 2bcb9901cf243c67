package org.anticall.ops.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.anticall.rules.record.DecisionRecord;
import org.anticall.rules.record.DecisionRecordCodec;
import org.anticall.rules.record.MalformedRecordException;

/** Decision records on disk: a file with one a line, or a folder of such files, read one after the other. */
final class RecordFiles {

    private final List<Path> files;

    private RecordFiles(List<Path> files) {
        this.files = files;
    }

    /** Takes one record; {@code place} is its file and line. */
    interface Taker {
        void take(String place, DecisionRecord record);
    }

    static RecordFiles at(Path path) {
        if (!Files.isDirectory(path)) {
            return new RecordFiles(List.of(RuleBooks.readable(path)));
        }
        try (Stream<Path> inside = Files.list(path)) {
            List<Path> found = inside.filter(Files::isRegularFile).sorted().toList();
            if (found.isEmpty()) {
                throw CommandFailure.usage(path + ": this folder has no files");
            }
            return new RecordFiles(found);
        } catch (IOException unreadable) {
            throw CommandFailure.usage(path + ": cannot be read: " + unreadable.getMessage());
        }
    }

    /** Hands every record to {@code taker}; a line that is none ends it with a failure that names the line. */
    void each(Taker taker) {
        for (Path file : files) {
            try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                int at = 0;
                String line = lines.readLine();
                while (line != null) {
                    at++;
                    if (!line.isBlank()) {
                        String place = file + ":" + at;
                        taker.take(place, decoded(place, line));
                    }
                    line = lines.readLine();
                }
            } catch (IOException unreadable) {
                throw CommandFailure.usage(file + ": cannot be read: " + unreadable.getMessage());
            }
        }
    }

    private static DecisionRecord decoded(String place, String line) {
        try {
            return DecisionRecordCodec.decode(line.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedRecordException malformed) {
            throw CommandFailure.usage(place + ": this is no decision record: " + malformed.getMessage());
        }
    }
}
