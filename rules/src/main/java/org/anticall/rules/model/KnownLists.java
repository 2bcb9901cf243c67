package org.anticall.rules.model;

import java.util.HashMap;
import java.util.Map;
import org.anticall.rules.number.NumberList;
import org.jspecify.annotations.Nullable;

/**
 * The lists and tables of orders of the rule set that went live last, each by its name and the digest of the file it
 * was read from. Who reads the next set takes a list of the same name and digest as it is: of ten million numbers
 * beside a rule that changed not one is read again, and both sets share the one table. Holds no list of sets before.
 * Thread-safe.
 */
public final class KnownLists {

    private Map<String, Known> byName = Map.of();
    private Map<String, OrderTable> tables = Map.of();
    private long read;
    private long taken;
    private long tablesRead;

    private record Known(String sha256, NumberList list) {}

    /**
     * The list that was read from a file with this digest.
     *
     * @param sha256 of the file's bytes in hex; empty if nobody can tell without reading it
     * @return null if it must be read
     */
    synchronized @Nullable NumberList find(String name, String sha256) {
        Known known = byName.get(name);
        if (sha256.isEmpty() || known == null || !known.sha256().equals(sha256)) {
            read++;
            return null;
        }
        taken++;
        return known.list();
    }

    /**
     * The table of orders that was read from a file of this name and digest.
     *
     * @return null if it must be read
     */
    synchronized @Nullable OrderTable table(String file, String sha256) {
        OrderTable known = tables.get(file);
        if (sha256.isEmpty() || known == null || !known.digest().equals(sha256)) {
            tablesRead++;
            return null;
        }
        return known;
    }

    /** Keeps the lists and tables of a set that went live, and lets those go that it does not have. */
    public synchronized void keep(Reading.Read live) {
        Map<String, OrderTable> theirs = new HashMap<>();
        live.ruleSet().orders().tables().forEach(table -> theirs.put(table.file(), table));
        tables = Map.copyOf(theirs);
        Map<String, Known> lists = new HashMap<>();
        live.digests()
                .forEach((name, sha256) ->
                        lists.put(name, new Known(sha256, live.ruleSet().list(name))));
        byName = Map.copyOf(lists);
    }

    /** How many list files were read so far. */
    public synchronized long read() {
        return read;
    }

    /** How many tables of orders were read so far. */
    public synchronized long tablesRead() {
        return tablesRead;
    }

    /** How many lists were taken without reading them. */
    public synchronized long taken() {
        return taken;
    }
}
