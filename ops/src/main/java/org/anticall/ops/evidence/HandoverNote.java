package org.anticall.ops.evidence;

import java.time.Instant;

/**
 * What one shift leaves to the next.
 *
 * @param account who wrote it
 */
public record HandoverNote(Instant at, String account, String text) {}
