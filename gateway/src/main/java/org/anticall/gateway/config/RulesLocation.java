package org.anticall.gateway.config;

import java.nio.file.Path;

/** Where the rule set comes from. */
public sealed interface RulesLocation {

    /** The reference policy of the home country that ships with the product ({@code rules: reference}). */
    record Reference() implements RulesLocation {}

    /**
     * A rule file; the lists it names are read beside it.
     *
     * @param path absolute
     */
    record File(Path path) implements RulesLocation {}
}
