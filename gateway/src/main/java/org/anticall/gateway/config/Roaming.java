package org.anticall.gateway.config;

import java.nio.file.Path;

/**
 * Where roaming answers come from.
 *
 * @param outRoamers list of the home mobiles that are abroad now, one {@code +77011234567;TR} a line; a home mobile that
 *     is not in it is at home; absolute path
 */
public record Roaming(Path outRoamers) {}
