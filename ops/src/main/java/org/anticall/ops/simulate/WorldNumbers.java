package org.anticall.ops.simulate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Who has which numbers in the simulated world around one home country: its citizens, its subscribers, and the foreigners
 * who ring them, each family of numbers with the weight it has in traffic. Read from {@code numbers-KZ.csv} and the like.
 * Immutable.
 */
final class WorldNumbers {

    /** What a family of numbers is used for. */
    enum Role {
        /** Numbers that are called. */
        CALLEE,
        /** The home country's landlines, as spoofers claim them. */
        FIXED,
        /** Such landlines written in the home country's national form. */
        FIXED_NATIONAL,
        /** Short codes of the home country, which nobody calls from. */
        SHORT,
        /** Home numbers of ranges that the numbering registry does not confirm; not every country has such. */
        UNCONFIRMED,
        /** The home country's mobiles, at home and roaming. */
        MOBILE,
        /** Callers abroad. */
        FOREIGN
    }

    private record Family(NumberPattern pattern, int weight) {}

    private final Map<Role, List<Family>> families;

    private WorldNumbers(Map<Role, List<Family>> families) {
        this.families = families;
    }

    /**
     * The world around {@code home}.
     *
     * @throws IllegalArgumentException for a home country that has no simulated world
     */
    static WorldNumbers around(String home) {
        String name = "numbers-" + home + ".csv";
        try (InputStream in = WorldNumbers.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException(
                        "there is no simulated traffic for home country '" + home + "': expected KZ or BY");
            }
            return read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    /** Whether there are numbers of this role. */
    boolean knows(Role role) {
        return !family(role).isEmpty();
    }

    /** Some number of this role, drawn by weight. */
    String draw(Role role, RandomGenerator random) {
        List<Family> candidates = family(role);
        int ticket = random.nextInt(candidates.stream().mapToInt(Family::weight).sum());
        for (Family family : candidates) {
            ticket -= family.weight;
            if (ticket < 0) {
                return family.pattern.draw(random);
            }
        }
        throw new AssertionError("the ticket is below the sum of weights");
    }

    private List<Family> family(Role role) {
        return families.getOrDefault(role, List.of());
    }

    private static WorldNumbers read(BufferedReader lines) throws IOException {
        Map<Role, List<Family>> families = new EnumMap<>(Role.class);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] fields = line.split(";", -1);
                Role role = Role.valueOf(fields[0].toUpperCase(Locale.ROOT).replace('-', '_'));
                Family family = new Family(new NumberPattern(fields[2]), Integer.parseInt(fields[3]));
                families.computeIfAbsent(role, any -> new ArrayList<>()).add(family);
            }
        }
        return new WorldNumbers(families);
    }
}
