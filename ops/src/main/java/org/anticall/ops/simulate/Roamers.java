package org.anticall.ops.simulate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Which home mobiles are abroad, and where: the out-roamer list that the gateway reads. Every other home mobile is at
 * home. Immutable.
 */
final class Roamers {

    private static final List<String> COUNTRIES = List.of("TR", "RU", "AE", "DE", "CN", "GB", "US", "UZ", "KR", "PL");

    private final Map<String, String> countryByNumber;
    private final List<String> numbers;

    private Roamers(Map<String, String> countryByNumber) {
        this.countryByNumber = countryByNumber;
        this.numbers = List.copyOf(countryByNumber.keySet());
    }

    /** So many subscribers, drawn from the home country's mobiles. */
    static Roamers draw(int count, WorldNumbers world, RandomGenerator random) {
        Map<String, String> drawn = new LinkedHashMap<>();
        while (drawn.size() < count) {
            String country = COUNTRIES.get(random.nextInt(COUNTRIES.size()));
            drawn.putIfAbsent(world.draw(WorldNumbers.Role.MOBILE, random), country);
        }
        return new Roamers(drawn);
    }

    boolean contains(String number) {
        return countryByNumber.containsKey(number);
    }

    /** One of them. */
    String any(RandomGenerator random) {
        return numbers.get(random.nextInt(numbers.size()));
    }

    /** The list as it is written to a file: a line {@code +77011234567;TR} each. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        countryByNumber.forEach((number, country) -> lines.add(number + ";" + country));
        return lines;
    }
}
