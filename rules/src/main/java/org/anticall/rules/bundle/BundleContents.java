package org.anticall.rules.bundle;

import java.time.Instant;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What is to be signed.
 *
 * @param home ISO 3166-1 alpha-2 code of the country the rules are for
 * @param revision of the rule set, from 1, higher than that of any bundle before
 * @param previous revision this one follows, 0 for the first
 * @param created when it was made, kept to the millisecond
 * @param expires first instant at which nobody may take it live any more, kept to the millisecond
 * @param parts exact bytes of {@value Manifest#RULES} and of every list it names, by the name the rule file gives; the
 *     arrays are not to be changed
 */
public record BundleContents(
        String home,
        long revision,
        long previous,
        Instant created,
        Instant expires,
        NavigableMap<String, byte[]> parts) {

    public BundleContents {
        parts = Collections.unmodifiableNavigableMap(new TreeMap<>(parts));
    }

    Manifest manifest() {
        return new Manifest(
                home,
                revision,
                previous,
                created,
                expires,
                parts.entrySet().stream()
                        .map(part -> new Manifest.Part(
                                part.getKey(), part.getValue().length, Digests.sha256(part.getValue())))
                        .toList());
    }
}
