package org.anticall.rules.model;

import java.io.IOException;
import java.io.InputStream;

/** Gives the bytes of a list file that a rule file names. */
@FunctionalInterface
public interface ListLoader {

    /**
     * The file from its beginning; whoever calls closes it.
     *
     * @param file its name as written in the rule file: relative, without {@code ..}
     * @throws IOException if there is none or it cannot be read; the message says which
     */
    InputStream open(String file) throws IOException;

    /** SHA-256 in hex of the bytes that {@link #open} gives, empty if nobody can tell without reading them. */
    default String digest(String file) {
        return "";
    }
}
