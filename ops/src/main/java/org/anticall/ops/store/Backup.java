package org.anticall.ops.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A backup: one zip file with every row of every table as of one moment, and the keys. The rows are JSON, one a line, so that
 * what was in H2 can be restored into PostgreSQL and the other way round.
 *
 * <pre>
 *   manifest.json        {"format": 1, "schema": "22", "at": …, "tables": {"orders": 17, …}}
 *   tables/orders.ndjson {"id": 1, "version": 3, …}
 *   keys/bundle.key      as in the state directory
 * </pre>
 */
public final class Backup {

    static final int FORMAT = 1;
    static final String MANIFEST = "manifest.json";
    static final String TABLES = "tables/";
    static final String KEYS = "keys/";

    private static final int FETCH_ROWS = 1_000;
    private static final JsonFactory JSON = JsonFactory.builder()
            .configure(StreamWriteFeature.AUTO_CLOSE_TARGET, false)
            .build();

    private final Database database;
    private final Map<String, Long> rows = new LinkedHashMap<>();

    private Backup(Database database) {
        this.database = database;
    }

    /**
     * Writes a backup. The file is there whole or not at all, and only its owner can read it.
     *
     * @param keys directory of the keys
     * @return rows by table
     * @throws IOException if the file or a key cannot be read or written
     * @throws StoreUnavailable if the database refuses
     */
    public static Map<String, Long> write(Database database, Path keys, Path to, Instant now) throws IOException {
        Path directory = to.toAbsolutePath().getParent();
        Path part = Files.createTempFile(
                directory,
                "backup",
                ".part",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Backup backup = new Backup(database);
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(part))) {
                backup.write(zip, keys, now);
            }
            Files.move(part, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return backup.rows;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void write(ZipOutputStream zip, Path keys, Instant now) throws IOException {
        String schema = database.onConnection(connection -> {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            for (String table : Tables.inOrder(connection)) {
                zip.putNextEntry(new ZipEntry(TABLES + table + ".ndjson"));
                rows.put(table, dump(connection, table, zip));
                zip.closeEntry();
            }
            String version = Tables.schemaVersion(connection);
            connection.rollback();
            return version;
        });
        for (Path key : keyFiles(keys)) {
            zip.putNextEntry(new ZipEntry(KEYS + key.getFileName()));
            zip.write(Files.readAllBytes(key));
            zip.closeEntry();
        }
        zip.putNextEntry(new ZipEntry(MANIFEST));
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("format", FORMAT);
        manifest.put("schema", schema);
        manifest.put("at", now.toString());
        manifest.put("tables", rows);
        zip.write(new ObjectMapper().writeValueAsBytes(manifest));
        zip.closeEntry();
    }

    private static List<Path> keyFiles(Path keys) throws IOException {
        if (!Files.isDirectory(keys)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(keys)) {
            return new ArrayList<>(files.filter(Files::isRegularFile).sorted().toList());
        }
    }

    private static long dump(Connection connection, String table, OutputStream out) throws SQLException, IOException {
        try (Statement statement = connection.createStatement();
                JsonGenerator json = JSON.createGenerator(out)) {
            statement.setFetchSize(FETCH_ROWS);
            json.setRootValueSeparator(new SerializedString("\n"));
            long count = 0;
            try (ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
                int columns = row.getMetaData().getColumnCount();
                while (row.next()) {
                    json.writeStartObject();
                    for (int i = 1; i <= columns; i++) {
                        json.writeFieldName(row.getMetaData().getColumnLabel(i).toLowerCase(Locale.ROOT));
                        value(json, row, i);
                    }
                    json.writeEndObject();
                    count++;
                }
            }
            return count;
        }
    }

    private static void value(JsonGenerator json, ResultSet row, int column) throws SQLException, IOException {
        switch (Tables.Kind.of(row.getMetaData().getColumnType(column))) {
            case BYTES -> json.writeObject(row.getBytes(column));
            case TIME -> {
                OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
                json.writeObject(at == null ? null : at.toInstant().toString());
            }
            case NUMBER -> {
                long number = row.getLong(column);
                json.writeObject(row.wasNull() ? null : number);
            }
            case FRACTION -> {
                double number = row.getDouble(column);
                json.writeObject(row.wasNull() ? null : number);
            }
            case YES_NO -> {
                boolean yes = row.getBoolean(column);
                json.writeObject(row.wasNull() ? null : yes);
            }
            case TEXT -> json.writeObject(row.getString(column));
        }
    }
}
