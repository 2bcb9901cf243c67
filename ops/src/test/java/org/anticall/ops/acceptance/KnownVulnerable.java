package org.anticall.ops.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The list of libraries with known vulnerabilities that people have reviewed.
 *
 * @param reviewed when they looked last
 */
record KnownVulnerable(LocalDate reviewed, List<Entry> entries) {

    private static final Pattern REVIEWED = Pattern.compile("reviewed (\\d{4}-\\d{2}-\\d{2})");
    private static final Pattern ENTRY =
            Pattern.compile("([\\w.-]+):([\\w.*-]+) +(never|[\\w.-]+) +([A-Z]+-\\S+) +(.+)");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    /**
     * @param artifact {@code *} for all of the group
     * @param mendedIn first version without it, or {@code never}
     */
    record Entry(String group, String artifact, String mendedIn, String advisory, String what) {

        boolean concerns(Library library) {
            return group.equals(library.group())
                    && (artifact.equals("*") || artifact.equals(library.name()))
                    && (mendedIn.equals("never") || compare(library.version(), mendedIn) < 0);
        }
    }

    /** What a module ships. */
    record Library(String group, String name, String version) {}

    /** @throws IllegalArgumentException if a line is neither empty, a comment, the date, nor an entry; it is named */
    static KnownVulnerable parse(List<String> lines) {
        LocalDate reviewed = null;
        List<Entry> entries = new ArrayList<>();
        for (String line : lines) {
            Matcher date = REVIEWED.matcher(line);
            Matcher entry = ENTRY.matcher(line);
            if (date.matches()) {
                reviewed = LocalDate.parse(date.group(1));
            } else if (entry.matches()) {
                entries.add(new Entry(entry.group(1), entry.group(2), entry.group(3), entry.group(4), entry.group(5)));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                throw new IllegalArgumentException("cannot be read: " + line);
            }
        }
        if (reviewed == null) {
            throw new IllegalArgumentException("no line says when the list was reviewed");
        }
        return new KnownVulnerable(reviewed, entries);
    }

    /** Sentences on what is known of these libraries. */
    List<String> of(List<Library> libraries) {
        return libraries.stream()
                .flatMap(library -> entries.stream()
                        .filter(entry -> entry.concerns(library))
                        .map(entry -> "%s:%s %s: %s, %s; mended in %s"
                                .formatted(
                                        library.group(),
                                        library.name(),
                                        library.version(),
                                        entry.advisory(),
                                        entry.what(),
                                        entry.mendedIn())))
                .toList();
    }

    /** The libraries of a CycloneDX list. */
    static List<Library> libraries(Path bom) throws IOException {
        List<Library> libraries = new ArrayList<>();
        for (JsonNode each : new ObjectMapper().readTree(bom.toFile()).path("components")) {
            libraries.add(new Library(
                    each.path("group").asText(),
                    each.path("name").asText(),
                    each.path("version").asText()));
        }
        return libraries;
    }

    /** By the numbers in them; words such as Final say nothing. */
    static int compare(String one, String other) {
        Matcher left = NUMBER.matcher(one);
        Matcher right = NUMBER.matcher(other);
        while (true) {
            boolean isLeft = left.find();
            boolean isRight = right.find();
            if (!isLeft && !isRight) {
                return 0;
            }
            int difference = Long.compare(
                    isLeft ? Long.parseLong(left.group()) : 0, isRight ? Long.parseLong(right.group()) : 0);
            if (difference != 0) {
                return difference;
            }
        }
    }
}
