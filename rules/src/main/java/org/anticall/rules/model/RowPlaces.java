package org.anticall.rules.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the rows of a list stand, for messages. Rows that follow one another line by line share one note, so a file of ten
 * million lines costs as little as one of ten. Owned by one thread.
 */
final class RowPlaces {

    private final List<Run> runs = new ArrayList<>();
    private int rows;

    /** Rows from {@code row} on stand from {@code place} on, a line each. */
    private record Run(int row, Place place) {}

    void add(String file, int line, int column) {
        Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
        boolean follows = last != null
                && last.place().file().equals(file)
                && last.place().column() == column
                && line - last.place().line() == rows - last.row();
        if (!follows) {
            runs.add(new Run(rows, new Place(file, line, column)));
        }
        rows++;
    }

    Place of(int row) {
        int at = runs.size() - 1;
        while (runs.get(at).row() > row) {
            at--;
        }
        Run run = runs.get(at);
        return new Place(
                run.place().file(),
                run.place().line() + row - run.row(),
                run.place().column());
    }
}
