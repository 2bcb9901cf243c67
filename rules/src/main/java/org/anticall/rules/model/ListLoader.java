package org.anticall.rules.model;

import java.io.IOException;

/** Gives the text of a list file that a rule file names. */
@FunctionalInterface
public interface ListLoader {

    /**
     * The whole file.
     *
     * @param file its name as written in the rule file: relative, without {@code ..}
     * @throws IOException if there is none or it cannot be read; the message says which
     */
    String load(String file) throws IOException;
}
