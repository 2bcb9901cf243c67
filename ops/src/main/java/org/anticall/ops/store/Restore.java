package org.anticall.ops.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.anticall.ops.trust.PrivateFile;
import org.jspecify.annotations.Nullable;

/** Puts a {@link Backup} into a database that holds nothing yet. All of it is there in the end, or nothing. */
public final class Restore {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectReader ROWS = JSON.readerFor(JsonNode.class);
    private static final int BATCH = 1_000;

    private Restore() {}

    /**
     * What a backup holds.
     *
     * @param schema version of its tables
     * @param tables rows by table
     */
    public record Contents(String schema, Instant at, Map<String, Long> tables) {}

    /**
     * What a backup says of itself.
     *
     * @throws IOException if it is none, or was made by a later version of the program
     */
    public static Contents look(Path from) throws IOException {
        try (ZipFile zip = new ZipFile(from.toFile())) {
            return contents(zip);
        }
    }

    /**
     * Puts the backup into the database and the keys into their directory.
     *
     * @param database as old as the backup, holding nothing: {@link Database#openForRestore}
     * @throws IOException if the backup is damaged or a key cannot be written; keys that are there already must be the same
     * @throws StoreUnavailable if the database holds something already or refuses
     */
    public static Contents read(Path from, Database database, Path keys) throws IOException {
        try (ZipFile zip = new ZipFile(from.toFile())) {
            Contents contents = contents(zip);
            List<ZipEntry> keyEntries = new ArrayList<>();
            for (ZipEntry each : Collections.list(zip.entries())) {
                if (each.getName().matches(Backup.KEYS + "[A-Za-z0-9._-]+")) {
                    keyEntries.add(each);
                    checkKey(zip, each, keys);
                }
            }
            Contents restored = database.onConnection(connection -> {
                connection.setAutoCommit(false);
                empty(connection);
                for (String table : Tables.inOrder(connection)) {
                    ZipEntry entry = zip.getEntry(Backup.TABLES + table + ".ndjson");
                    if (entry != null) {
                        long rows = fill(connection, table, zip, entry);
                        if (rows != contents.tables().getOrDefault(table, -1L)) {
                            throw new IOException("the backup is damaged: table " + table + " has " + rows + " rows");
                        }
                    }
                }
                connection.commit();
                return contents;
            });
            for (ZipEntry each : keyEntries) {
                writeKey(zip, each, keys);
            }
            return restored;
        }
    }

    private static Contents contents(ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry(Backup.MANIFEST);
        if (entry == null) {
            throw new IOException("this is no backup: it has no " + Backup.MANIFEST);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            JsonNode manifest = JSON.readTree(in);
            int format = manifest.path("format").asInt();
            if (format != Backup.FORMAT) {
                throw new IOException("the backup has format " + format + ", this program knows " + Backup.FORMAT);
            }
            Map<String, Long> tables = new LinkedHashMap<>();
            manifest.path("tables")
                    .properties()
                    .forEach(each -> tables.put(each.getKey(), each.getValue().asLong()));
            return new Contents(
                    manifest.path("schema").asText(),
                    Instant.parse(manifest.path("at").asText()),
                    tables);
        }
    }

    /** Takes away what migrations wrote into new tables; refuses what anybody else did. */
    private static void empty(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row =
                    statement.executeQuery("SELECT (SELECT COUNT(*) FROM account) + (SELECT COUNT(*) FROM audit)"
                            + " + (SELECT COUNT(*) FROM record)")) {
                row.next();
                if (row.getLong(1) > 0) {
                    throw new SQLException("it holds something already; a backup is restored into an empty one");
                }
            }
            statement.executeUpdate("DELETE FROM audit_end");
            if (Tables.inOrder(connection).contains("order_change")) {
                statement.executeUpdate("DELETE FROM order_change");
            }
        }
    }

    private static long fill(Connection connection, String table, ZipFile zip, ZipEntry entry)
            throws SQLException, IOException {
        Map<String, Tables.Kind> kinds = Tables.columns(connection, table);
        List<String> columns = new ArrayList<>(kinds.keySet());
        String sql = "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
        long count = 0;
        try (InputStream in = zip.getInputStream(entry);
                MappingIterator<JsonNode> rows = ROWS.readValues(in);
                PreparedStatement insert = connection.prepareStatement(sql)) {
            while (rows.hasNext()) {
                JsonNode row = rows.next();
                for (int i = 0; i < columns.size(); i++) {
                    bind(insert, i + 1, kinds.get(columns.get(i)), row.path(columns.get(i)));
                }
                insert.addBatch();
                if (++count % BATCH == 0) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
        }
        goOnCounting(connection, table);
        return count;
    }

    private static void bind(PreparedStatement insert, int at, Tables.@Nullable Kind kind, JsonNode value)
            throws SQLException, IOException {
        if (kind == null || value.isNull() || value.isMissingNode()) {
            insert.setObject(at, null);
            return;
        }
        switch (kind) {
            case NUMBER -> insert.setLong(at, value.longValue());
            case FRACTION -> insert.setDouble(at, value.doubleValue());
            case YES_NO -> insert.setBoolean(at, value.booleanValue());
            case TIME -> insert.setObject(at, Instant.parse(value.textValue()).atOffset(ZoneOffset.UTC));
            case BYTES -> insert.setBytes(at, value.binaryValue());
            case TEXT -> insert.setString(at, value.textValue());
        }
    }

    /** New rows get numbers above the restored ones. */
    private static void goOnCounting(Connection connection, String table) throws SQLException {
        if (!Tables.numbersItself(connection, table)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            long next;
            try (ResultSet row = statement.executeQuery("SELECT COALESCE(MAX(id), 0) + 1 FROM " + table)) {
                row.next();
                next = row.getLong(1);
            }
            statement.execute("ALTER TABLE " + table + " ALTER COLUMN id RESTART WITH " + next);
        }
    }

    private static void checkKey(ZipFile zip, ZipEntry entry, Path keys) throws IOException {
        Path file = keys.resolve(entry.getName().substring(Backup.KEYS.length()));
        if (Files.exists(file) && !Arrays.equals(Files.readAllBytes(file), bytes(zip, entry))) {
            throw new IOException(file + " is there and is another key; move it away first");
        }
    }

    private static void writeKey(ZipFile zip, ZipEntry entry, Path keys) throws IOException {
        PrivateFile.directory(keys);
        Path file = keys.resolve(entry.getName().substring(Backup.KEYS.length()));
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(file, bytes(zip, entry));
        }
    }

    private static byte[] bytes(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }
}
