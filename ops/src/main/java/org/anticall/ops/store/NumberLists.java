package org.anticall.ops.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.order.ListImport;
import org.anticall.ops.order.ManagedList;
import org.anticall.ops.order.PackedNumbers;
import org.anticall.ops.order.PackedNumbers.Block;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/** The lists that orders name, with all imports there ever were. Nothing is deleted. Thread-safe. */
public final class NumberLists {

    private static final int BLOCKS_AT_ONCE = 64;
    private static final String HOLDING = " AND i.state = 'holding'";

    private final Database database;

    NumberLists(Database database) {
        this.database = database;
    }

    /**
     * A list and what stands in it.
     *
     * @param numbers sum of its imports that count; a number that two of them brought is counted twice
     * @param holding how many imports count
     * @param waiting how many wait for another person
     */
    public record Summary(ManagedList list, long numbers, int holding, int waiting) {}

    /** An entry of a list that means a number, and the import it came with. */
    public record Entry(ManagedList list, ListImport from, String entry) {}

    /**
     * What a list holds now.
     *
     * @param state grows whenever an import is approved or undone
     */
    public record Standing(ManagedList list, long state) {}

    /**
     * Adds a list.
     *
     * @param list makes it for the number that it gets
     * @throws AlreadyThere if there is one of this name
     */
    public ManagedList add(String name, LongFunction<ManagedList> list, AuditEntry entry) {
        return database.inTransaction(handle -> {
            long id = handle.createUpdate("INSERT INTO managed_list (name, body) VALUES (:name, '')")
                    .bind("name", name)
                    .executeAndReturnGeneratedKeys("id")
                    .mapTo(Long.class)
                    .one();
            ManagedList made = list.apply(id);
            handle.createUpdate("UPDATE managed_list SET body = :body WHERE id = :id")
                    .bind("body", StoredJson.write(made))
                    .bind("id", id)
                    .execute();
            AuditTrail.append(handle, about(entry, "list " + made.name(), "{}"));
            return made;
        });
    }

    /** All lists by name. */
    public List<Summary> all() {
        return database.inTransaction(handle -> handle.createQuery(
                        "SELECT l.body, COALESCE(SUM(CASE WHEN i.state = 'holding' THEN i.numbers END), 0) AS numbers,"
                                + " COUNT(CASE WHEN i.state = 'holding' THEN 1 END) AS holding, COUNT(CASE WHEN i.state ="
                                + " 'waiting' THEN 1 END) AS waiting FROM managed_list l LEFT JOIN list_import i ON"
                                + " i.list_id = l.id GROUP BY l.id, l.name, l.body ORDER BY l.name")
                .map((row, context) -> new Summary(
                        list(row, context), row.getLong("numbers"), row.getInt("holding"), row.getInt("waiting")))
                .list());
    }

    public Optional<ManagedList> find(String name) {
        return database.inTransaction(handle -> handle.createQuery("SELECT body FROM managed_list WHERE name = :name")
                .bind("name", name)
                .map(NumberLists::list)
                .findOne());
    }

    /** Imports of a list, newest first. */
    public List<ListImport> imports(long list, int most) {
        return database.inTransaction(handle -> handle.createQuery(
                        "SELECT body FROM list_import WHERE list_id = :list ORDER BY id DESC FETCH FIRST " + most
                                + " ROWS ONLY")
                .bind("list", list)
                .map(NumberLists::listImport)
                .list());
    }

    /**
     * Keeps numbers that wait for approval, all or none.
     *
     * @param maker makes the import for the number that it gets
     * @param keys ascending, each once
     * @param progress is told how many numbers are written
     */
    public ListImport addImport(
            long list, LongFunction<ListImport> maker, long[] keys, IntConsumer progress, AuditEntry entry) {
        return database.inTransaction(handle -> {
            long id = handle.createUpdate("INSERT INTO list_import (list_id, version, state, numbers, body) VALUES"
                            + " (:list, 0, '', 0, '')")
                    .bind("list", list)
                    .executeAndReturnGeneratedKeys("id")
                    .mapTo(Long.class)
                    .one();
            write(handle, id, PackedNumbers.pack(keys), progress);
            return keep(handle, maker.apply(id), entry);
        });
    }

    private static void write(Handle handle, long id, List<Block> blocks, IntConsumer progress) {
        int written = 0;
        for (int from = 0; from < blocks.size(); from += BLOCKS_AT_ONCE) {
            PreparedBatch batch = handle.prepareBatch("INSERT INTO list_block (import_id, first_key, last_key, numbers,"
                    + " packed) VALUES (:import, :first, :last, :numbers, :packed)");
            for (Block block : blocks.subList(from, Math.min(blocks.size(), from + BLOCKS_AT_ONCE))) {
                batch.bind("import", id)
                        .bind("first", block.first())
                        .bind("last", block.last())
                        .bind("numbers", block.count())
                        .bind("packed", block.bytes())
                        .add();
                written += block.count();
            }
            batch.execute();
            progress.accept(written);
        }
    }

    /**
     * Takes an import one step on.
     *
     * @param version the version that the step is meant for
     * @param step makes the next version; what it throws is thrown on and nothing is changed
     * @throws Outdated if the import has another version
     */
    public Optional<ListImport> change(long id, long version, UnaryOperator<ListImport> step, AuditEntry entry) {
        return database.inTransaction(
                handle -> handle.createQuery("SELECT body FROM list_import WHERE id = :id FOR UPDATE")
                        .bind("id", id)
                        .map(NumberLists::listImport)
                        .findOne()
                        .map(found -> {
                            if (found.version() != version) {
                                throw new Outdated(found, found.version());
                            }
                            return keep(handle, step.apply(found), entry);
                        }));
    }

    private static ListImport keep(Handle handle, ListImport kept, AuditEntry entry) {
        handle.createUpdate(
                        "UPDATE list_import SET version = :version, state = :state, numbers = :numbers, body = :body"
                                + " WHERE id = :id")
                .bind("version", kept.version())
                .bind("state", kept.state().text())
                .bind("numbers", kept.numbers())
                .bind("body", StoredJson.write(kept))
                .bind("id", kept.id())
                .execute();
        String details = "{\"import\":" + kept.id() + ",\"version\":" + kept.version() + ",\"numbers\":"
                + kept.numbers() + ",\"state\":\"" + kept.state().text() + "\"}";
        AuditTrail.append(handle, about(entry, "list-import " + kept.id(), details));
        return kept;
    }

    /** What the list of this name holds now, empty if there is none. */
    public Optional<Standing> standing(String name) {
        return database.inTransaction(handle -> handle.createQuery(
                        "SELECT l.body, COALESCE(SUM(CASE WHEN i.state <> 'waiting' THEN i.version END), 0) AS versions FROM"
                                + " managed_list l LEFT JOIN list_import i ON i.list_id = l.id WHERE l.name = :name GROUP BY"
                                + " l.id, l.body")
                .bind("name", name)
                .map((row, context) -> new Standing(list(row, context), row.getLong("versions")))
                .findOne());
    }

    /** The keys of a list that count, ascending, each once. */
    public long[] keys(long list) {
        return database.inTransaction(handle -> {
            int sum = handle.createQuery(
                            "SELECT COALESCE(SUM(i.numbers), 0) FROM list_import i WHERE i.list_id = :list" + HOLDING)
                    .bind("list", list)
                    .mapTo(Integer.class)
                    .one();
            Collected collected = new Collected(new long[sum]);
            handle.createQuery("SELECT b.numbers, b.packed FROM list_block b JOIN list_import i ON i.id = b.import_id"
                            + " WHERE i.list_id = :list" + HOLDING + " ORDER BY b.import_id, b.first_key")
                    .bind("list", list)
                    .setFetchSize(BLOCKS_AT_ONCE)
                    .map((row, context) -> collected.add(row.getBytes("packed"), row.getInt("numbers")))
                    .forEach(each -> {});
            return PackedNumbers.ascending(collected.keys, collected.count);
        });
    }

    private static final class Collected {
        private final long[] keys;
        private int count;

        private Collected(long[] keys) {
            this.keys = keys;
        }

        private int add(byte[] packed, int numbers) {
            PackedNumbers.unpack(packed, numbers, keys, count);
            count += numbers;
            return count;
        }
    }

    /** The entries of all lists that mean a number, as they count now. */
    public List<Entry> meaning(long number) {
        long[] keys = PackedNumbers.meaning(number);
        return database.inTransaction(handle -> {
            List<Entry> entries = new ArrayList<>();
            handle.createQuery("SELECT i.body AS import_body, l.body FROM list_import i JOIN managed_list l ON"
                            + " l.id = i.list_id WHERE i.state = 'holding' ORDER BY l.name, i.id")
                    .map((row, context) -> new Entry(
                            list(row, context), StoredJson.read(row.getString("import_body"), ListImport.class), ""))
                    .list()
                    .forEach(each -> {
                        for (long key : keys) {
                            if (has(handle, each.from().id(), key)) {
                                entries.add(new Entry(each.list(), each.from(), PackedNumbers.text(key)));
                            }
                        }
                    });
            return entries;
        });
    }

    /** Looks into the one block that can have the key. */
    private static boolean has(Handle handle, long id, long key) {
        return handle.createQuery("SELECT last_key, numbers, packed FROM list_block WHERE import_id = :import AND"
                        + " first_key <= :key ORDER BY first_key DESC FETCH FIRST 1 ROWS ONLY")
                .bind("import", id)
                .bind("key", key)
                .map((row, context) -> {
                    if (row.getLong("last_key") < key) {
                        return false;
                    }
                    long[] block = new long[row.getInt("numbers")];
                    PackedNumbers.unpack(row.getBytes("packed"), block.length, block, 0);
                    return Arrays.binarySearch(block, key) >= 0;
                })
                .findOne()
                .orElse(false);
    }

    private static AuditEntry about(AuditEntry entry, String subject, String details) {
        return new AuditEntry(entry.at(), entry.who(), entry.action(), subject, details, entry.why());
    }

    private static ManagedList list(ResultSet row, StatementContext context) throws SQLException {
        return StoredJson.read(row.getString("body"), ManagedList.class);
    }

    private static ListImport listImport(ResultSet row, StatementContext context) throws SQLException {
        return StoredJson.read(row.getString("body"), ListImport.class);
    }
}
