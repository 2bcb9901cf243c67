package org.anticall.rules.bundle;

import java.time.Instant;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is to be signed.
 *
 * @param home ISO 3166-1 alpha-2 code of the country the rules are for
 * @param revision of the rule set, from 1, higher than that of any bundle before
 * @param previous revision this one follows, 0 for the first
 * @param created when it was made, kept to the millisecond
 * @param expires first instant at which nobody may take it live any more, kept to the millisecond
 * @param parts {@value Manifest#RULES} and every list it names, by the name the rule file gives
 */
public record BundleContents(
        String home,
        long revision,
        long previous,
        Instant created,
        Instant expires,
        NavigableMap<String, PartContent> parts)
        implements KnownParts {

    public BundleContents {
        parts = Collections.unmodifiableNavigableMap(new TreeMap<>(parts));
    }

    /** The same of the exact bytes of the parts, which are not to be changed any more. */
    public static BundleContents of(
            String home,
            long revision,
            long previous,
            Instant created,
            Instant expires,
            NavigableMap<String, byte[]> parts) {
        return new BundleContents(home, revision, previous, created, expires, new TreeMap<>(PartContent.of(parts)));
    }

    @Override
    public @Nullable PartContent byDigest(String sha256) {
        return PartContent.find(parts.values(), sha256);
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
                                part.getKey(),
                                part.getValue().bytes(),
                                part.getValue().sha256()))
                        .toList());
    }
}
