package org.anticall.gateway.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The carrier's look-up over HTTP.
 *
 * @param url http or https address; {@code /retrieve} is asked below it
 * @param tokenFile file with the bearer token, null for none; absolute path
 * @param trust PEM file with the certificates that are trusted, null for those of the machine; absolute path
 * @param pending most questions without an answer yet, which is most connections too
 * @param giveUp how long a question may stay without an answer; may be longer than a call waits, the next call profits
 * @param failures failed questions in a row after which the look-up is left alone
 * @param rest for how long, before one question tries again
 */
public record RoamingLookup(
        URI url,
        @Nullable Path tokenFile,
        @Nullable Path trust,
        int pending,
        Duration giveUp,
        int failures,
        Duration rest)
        implements RoamingSource {}
