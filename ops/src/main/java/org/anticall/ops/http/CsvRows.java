package org.anticall.ops.http;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of a CSV text (RFC 4180): fields separated by one character, quoted with {@code "} where they hold it, a quotation mark
 * or the end of a line; lines end with LF, CR LF or CR. Blank rows are left out. A quotation mark that is never closed ends
 * the reading, with the line it stands in: what follows it would be one field.
 *
 * @param rows what could be read
 * @param openedIn line of a quotation mark that is not closed, 0 if all are
 */
record CsvRows(List<Row> rows, int openedIn) {

    /**
     * One row.
     *
     * @param line where it begins, from 1
     * @param cells without the white space around them
     */
    record Row(int line, List<String> cells) {}

    static CsvRows of(String text, char separator) {
        return new Reading(text, separator).all();
    }

    /** One reading of a text. */
    private static final class Reading {
        private final String text;
        private final char separator;
        private final List<Row> rows = new ArrayList<>();
        private final StringBuilder cell = new StringBuilder();
        private List<String> cells = new ArrayList<>();
        private int line = 1;
        private int begun = 1;

        private Reading(String text, char separator) {
            this.text = text;
            this.separator = separator;
        }

        private CsvRows all() {
            int openedIn = 0;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                boolean ends = c == '\n' || c == '\r';
                if (c == '"') {
                    boolean doubled = openedIn > 0 && i + 1 < text.length() && text.charAt(i + 1) == '"';
                    if (doubled) {
                        cell.append(c);
                        i++;
                    } else {
                        openedIn = openedIn > 0 ? 0 : line;
                    }
                } else if (openedIn == 0 && c == separator) {
                    endCell();
                } else if (openedIn == 0 && ends) {
                    endRow();
                } else {
                    cell.append(c);
                }
                boolean isFirstOfTwo = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
                if (ends && !isFirstOfTwo) {
                    line++;
                    begun = openedIn > 0 ? begun : line;
                }
            }
            if (openedIn == 0) {
                endRow();
            }
            return new CsvRows(List.copyOf(rows), openedIn);
        }

        private void endCell() {
            cells.add(cell.toString().strip());
            cell.setLength(0);
        }

        private void endRow() {
            endCell();
            if (cells.size() > 1 || !cells.get(0).isEmpty()) {
                rows.add(new Row(begun, List.copyOf(cells)));
            }
            cells = new ArrayList<>();
        }
    }
}
