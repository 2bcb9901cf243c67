package org.anticall.ops;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.config.OpsConfig;
import org.anticall.ops.store.Backup;
import org.anticall.ops.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes backups of the running centre when they are due and deletes the oldest beyond those that are
 * kept. What is due is read off the names of the files, so a centre that was down makes the missing one as soon as it is back,
 * and nothing but its own files is ever deleted.
 */
final class BackupRound {

    private static final Logger LOG = LoggerFactory.getLogger(BackupRound.class);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern NAME = Pattern.compile("centre-([0-9]{8}T[0-9]{6}Z)\\.zip");

    private final Database database;
    private final Path keys;
    private final OpsConfig.Backups backups;
    private final Clock clock;

    /**
     * A round over the backups.
     *
     * @param keys directory of the keys
     * @throws IOException if the directory of the backups cannot be made
     */
    BackupRound(Database database, Path keys, OpsConfig.Backups backups, Clock clock) throws IOException {
        this.database = database;
        this.keys = keys;
        this.backups = backups;
        this.clock = clock;
        Files.createDirectories(backups.directory());
    }

    /**
     * Makes a backup if the newest one is old enough or there is none.
     *
     * @throws IOException if it cannot be written, or an old one not be deleted
     */
    void backUpIfDue() throws IOException {
        Instant now = clock.instant();
        List<Path> newestFirst = files();
        if (!newestFirst.isEmpty() && now.isBefore(madeAt(newestFirst.get(0)).plus(backups.every()))) {
            return;
        }
        Path file = backups.directory().resolve("centre-" + STAMP.format(now) + ".zip");
        Map<String, Long> rows = Backup.write(database, keys, file, now);
        long sum = rows.values().stream().mapToLong(Long::longValue).sum();
        database.audit()
                .add(new AuditEntry(
                        now,
                        Actor.CENTRE,
                        "backup.write",
                        file.getFileName().toString(),
                        "{\"rows\":" + sum + "}",
                        ""));
        LOG.atInfo().addKeyValue("file", file).addKeyValue("rows", sum).log("backup made");
        for (Path old : newestFirst.subList(Math.min(newestFirst.size(), backups.most() - 1), newestFirst.size())) {
            Files.deleteIfExists(old);
        }
    }

    /** The backups that are there, newest first. */
    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(backups.directory(), "centre-*.zip")) {
            for (Path each : all) {
                if (NAME.matcher(each.getFileName().toString()).matches()) {
                    files.add(each);
                }
            }
        }
        // The names sort as their times do.
        Collections.sort(files, Collections.reverseOrder());
        return files;
    }

    private static Instant madeAt(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        return name.matches() ? STAMP.parse(name.group(1), Instant::from) : Instant.MIN;
    }
}
