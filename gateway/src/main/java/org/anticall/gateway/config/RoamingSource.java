package org.anticall.gateway.config;

import java.nio.file.Path;
import java.time.Duration;

/** Who answers where a home mobile is. */
public sealed interface RoamingSource permits RoamingSource.OutRoamerList, RoamingLookup, RoamingSource.Simulator {

    /**
     * A list of the home mobiles that are abroad now; a home mobile that is not in it is at home.
     *
     * @param file one {@code +77011234567;TR} a line; absolute path
     */
    record OutRoamerList(Path file) implements RoamingSource {}

    /**
     * Answers made up from the number, for trials.
     *
     * @param delay from question to answer, 0 to 2 s
     */
    record Simulator(Duration delay) implements RoamingSource {}
}
