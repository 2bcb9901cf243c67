package org.anticall.ops.simulate;

import java.util.random.RandomGenerator;

/**
 * A family of telephone numbers: digits, mostly after a {@code +}, with {@code N} for a digit from 2 to 9 and {@code X} for any digit,
 * as numbering plans write them.
 *
 * @param pattern such as {@code +77172NXXXXX}
 */
record NumberPattern(String pattern) {

    NumberPattern {
        if (!pattern.matches("\\+?[1-9][0-9]*N?X*") || pattern.length() > 16) {
            throw new IllegalArgumentException("number pattern '" + pattern
                    + "': expected + or none, digits, then at most one N and any X, 15 in all");
        }
    }

    /** Some number of this family. */
    String draw(RandomGenerator random) {
        StringBuilder number = new StringBuilder(pattern.length());
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            switch (c) {
                case 'N' -> number.append((char) ('2' + random.nextInt(8)));
                case 'X' -> number.append((char) ('0' + random.nextInt(10)));
                default -> number.append(c);
            }
        }
        return number.toString();
    }
}
