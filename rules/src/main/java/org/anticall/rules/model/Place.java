package org.anticall.rules.model;

/**
 * Where something stands.
 *
 * @param file name of the file as it was given
 * @param line from 1, 0 if no line can be named
 * @param column from 1, 0 if no column can be named
 */
public record Place(String file, int line, int column) {

    /** The file as a whole. */
    public static Place of(String file) {
        return new Place(file, 0, 0);
    }

    /** {@code rules.yaml:12:5}. */
    @Override
    public String toString() {
        return line == 0 ? file : column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
    }
}
