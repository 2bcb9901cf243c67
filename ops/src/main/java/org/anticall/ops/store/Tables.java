package org.anticall.ops.store;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What tables a database has, as it tells itself: a table that a later version adds is in its backups without further ado. */
final class Tables {

    private static final String HISTORY = "flyway_schema_history";

    private Tables() {}

    /** Kinds of values that columns of ours have. */
    enum Kind {
        NUMBER,
        FRACTION,
        YES_NO,
        TIME,
        BYTES,
        TEXT;

        /** @throws SQLException if no table of ours has such a column */
        static Kind of(int type) throws SQLException {
            return switch (type) {
                case Types.BIGINT, Types.INTEGER, Types.SMALLINT -> NUMBER;
                case Types.DOUBLE, Types.REAL, Types.FLOAT -> FRACTION;
                case Types.BOOLEAN, Types.BIT -> YES_NO;
                case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> TIME;
                case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> BYTES;
                case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR, Types.CLOB -> TEXT;
                default -> throw new SQLException("a column of the type " + type + " cannot be kept in a backup");
            };
        }
    }

    /** All tables, each after those that it refers to. */
    static List<String> inOrder(Connection connection) throws SQLException {
        DatabaseMetaData meta = connection.getMetaData();
        Map<String, Set<String>> needs = new TreeMap<>();
        try (ResultSet row = meta.getTables(null, connection.getSchema(), "%", new String[] {"TABLE", "BASE TABLE"})) {
            while (row.next()) {
                String name = row.getString("TABLE_NAME");
                if (!name.equalsIgnoreCase(HISTORY)) {
                    needs.put(name, referred(meta, connection.getSchema(), name));
                }
            }
        }
        Set<String> ordered = new LinkedHashSet<>();
        needs.keySet().forEach(each -> place(each, needs, ordered));
        return ordered.stream().map(each -> each.toLowerCase(Locale.ROOT)).toList();
    }

    private static void place(String table, Map<String, Set<String>> needs, Set<String> ordered) {
        for (String other : needs.getOrDefault(table, Set.of())) {
            if (!other.equals(table)) {
                place(other, needs, ordered);
            }
        }
        ordered.add(table);
    }

    private static Set<String> referred(DatabaseMetaData meta, String schema, String table) throws SQLException {
        Set<String> referred = new TreeSet<>();
        try (ResultSet row = meta.getImportedKeys(null, schema, table)) {
            while (row.next()) {
                referred.add(row.getString("PKTABLE_NAME"));
            }
        }
        return referred;
    }

    /** The columns of a table with their kinds, in lower case. */
    static Map<String, Kind> columns(Connection connection, String table) throws SQLException {
        Map<String, Kind> columns = new HashMap<>();
        for (String name : spellings(table)) {
            try (ResultSet row = connection.getMetaData().getColumns(null, connection.getSchema(), name, "%")) {
                while (row.next()) {
                    columns.put(
                            row.getString("COLUMN_NAME").toLowerCase(Locale.ROOT), Kind.of(row.getInt("DATA_TYPE")));
                }
            }
        }
        return columns;
    }

    /** Whether the database gives the column {@code id} its numbers. */
    static boolean numbersItself(Connection connection, String table) throws SQLException {
        for (String name : spellings(table)) {
            for (String column : spellings("id")) {
                try (ResultSet row = connection.getMetaData().getColumns(null, connection.getSchema(), name, column)) {
                    if (row.next()) {
                        return "YES".equals(row.getString("IS_AUTOINCREMENT"));
                    }
                }
            }
        }
        return false;
    }

    /** The version of the tables, {@code 22}. */
    static String schemaVersion(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT \"version\" FROM \"" + HISTORY
                                + "\" WHERE \"version\" IS NOT NULL ORDER BY \"installed_rank\" DESC FETCH FIRST 1 ROWS ONLY")) {
            return row.next() ? row.getString(1) : "0";
        }
    }

    /** H2 keeps names in capitals, PostgreSQL in small letters. */
    private static List<String> spellings(String name) {
        return new ArrayList<>(List.of(name.toUpperCase(Locale.ROOT), name.toLowerCase(Locale.ROOT)));
    }
}
