package org.anticall.gateway.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * Call detail records: one line per call in files that are closed by size and time.
 *
 * @param directory where the files are, absolute
 * @param formats what is written, one file each; not empty
 * @param numbers how numbers are written
 * @param rotateBytes size at which a file is closed, 64 KiB to 16 GiB
 * @param rotateEvery time after which a file is closed, 1 s to 24 h
 */
public record CdrSettings(
        Path directory, Set<Format> formats, Numbers numbers, long rotateBytes, Duration rotateEvery) {

    /** How a line is written. */
    public enum Format {
        /** One JSON object a line. */
        JSON,
        /** RFC 4180, the names of the fields in the first line of every file. */
        CSV
    }

    /** How telephone numbers are written. */
    public enum Numbers {
        /** The first four and the last two digits. */
        MASKED,
        FULL
    }

    public CdrSettings {
        formats = Set.copyOf(formats);
    }
}
