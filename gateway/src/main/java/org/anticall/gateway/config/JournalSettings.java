package org.anticall.gateway.config;

import java.time.Duration;

/**
 * Size and manners of the journal on disk.
 *
 * @param segmentBytes size of one segment file, 64 KiB to 1 GiB; it is taken from the disk before it is needed
 * @param keepFreeBytes space left alone on the disk: below it no new segment is taken, and interception stops
 * @param forceEvery how often accepted records are forced from the page cache to the disk; the death of the process
 *     costs nothing, the death of the machine a few times this much
 */
public record JournalSettings(int segmentBytes, long keepFreeBytes, Duration forceEvery) {

    public static final JournalSettings DEFAULT = new JournalSettings(16 << 20, 256L << 20, Duration.ofMillis(200));
}
