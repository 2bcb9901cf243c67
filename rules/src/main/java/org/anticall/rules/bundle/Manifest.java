package org.anticall.rules.bundle;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the signature stands for: whose rules, which revision, for how long, and the digest of every part.
 *
 * @param home ISO 3166-1 alpha-2 code of the country the rules are for
 * @param revision of the rule set, from 1
 * @param previous revision this one follows, from 0, lower than {@code revision}
 * @param created when it was made, to the millisecond
 * @param expires first instant at which nobody may take it live any more, after {@code created}, to the millisecond
 * @param parts in ascending order of their names, {@value #RULES} among them
 */
public record Manifest(String home, long revision, long previous, Instant created, Instant expires, List<Part> parts) {

    /** The part that holds the rule file. */
    public static final String RULES = "rules.yaml";

    /** Most parts a bundle has. */
    public static final int MAX_PARTS = 1_000;

    private static final Pattern HOME = Pattern.compile("[A-Z]{2}");
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int MAX_NAME_CHARACTERS = 200;

    /**
     * One part.
     *
     * @param name relative, segments of letters, digits, {@code . _ -} separated by {@code /}, none of which starts with a
     *     dot
     * @param bytes its length
     * @param sha256 digest of its bytes, lower case hex
     */
    public record Part(String name, long bytes, String sha256) {
        public Part {
            check(isName(name), "part name '" + name + "', expected a relative name without '..'");
            check(bytes >= 0, "part " + name + " has " + bytes + " bytes");
            check(SHA256.matcher(sha256).matches(), "part " + name + " has no SHA-256 in hex");
        }
    }

    /** @throws IllegalArgumentException saying what is wrong and what was expected */
    public Manifest {
        parts = List.copyOf(parts);
        created = created.truncatedTo(ChronoUnit.MILLIS);
        expires = expires.truncatedTo(ChronoUnit.MILLIS);
        check(HOME.matcher(home).matches(), "home '" + home + "', expected a country like KZ");
        check(revision >= 1, "revision " + revision + ", expected one from 1");
        check(previous >= 0 && previous < revision, "previous revision " + previous + " is not below " + revision);
        check(created.isBefore(expires), "expires " + expires + " is not after created " + created);
        check(parts.size() <= MAX_PARTS, parts.size() + " parts, expected at most " + MAX_PARTS);
        check(parts.stream().anyMatch(part -> part.name().equals(RULES)), "there is no part " + RULES);
        for (int i = 1; i < parts.size(); i++) {
            String before = parts.get(i - 1).name();
            String name = parts.get(i).name();
            check(before.compareTo(name) < 0, "part " + name + " comes after " + before);
        }
    }

    /** Whether {@code name} can name a part. */
    public static boolean isName(String name) {
        if (name.length() > MAX_NAME_CHARACTERS) {
            return false;
        }
        for (String segment : name.split("/", -1)) {
            if (!SEGMENT.matcher(segment).matches()) {
                return false;
            }
        }
        return true;
    }

    private static void check(boolean well, String otherwise) {
        if (!well) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
