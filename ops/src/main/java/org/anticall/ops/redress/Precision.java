package org.anticall.ops.redress;

/**
 * How often a rule is right: the share of findings that say so, with the 95 % interval of Wilson's score, which stays honest for
 * few findings and for shares near 0 and 1.
 *
 * @param right findings that say the rule was right
 * @param wrong findings that say it was wrong
 */
public record Precision(long right, long wrong) {

    /** Below this share a rule keeps away too many good callers. */
    public static final double FLOOR = 0.80;

    /** So many findings say something about a rule. */
    public static final int FEWEST = 10;

    /** Two-sided 95 % quantile of the normal distribution. */
    private static final double Z = 1.959964;

    public Precision {
        if (right < 0 || wrong < 0) {
            throw new IllegalArgumentException("findings are counted from 0, not " + right + " and " + wrong);
        }
    }

    public long findings() {
        return right + wrong;
    }

    /** Share of findings that say the rule was right, 0 to 1; 1 if there are none. */
    public double share() {
        return findings() == 0 ? 1 : (double) right / findings();
    }

    /** Lower end of the interval, 0 to 1; 0 without findings. */
    public double low() {
        return findings() == 0 ? 0 : Math.max(0, centre() - spread());
    }

    /** Upper end of the interval, 0 to 1; 1 without findings. */
    public double high() {
        return findings() == 0 ? 1 : Math.min(1, centre() + spread());
    }

    /**
     * Whether the rule should only be watched: there are at least {@value #FEWEST} findings and its share is below the floor.
     * It is proposed, a person decides.
     */
    public boolean isBelowFloor() {
        return findings() >= FEWEST && share() < FLOOR;
    }

    private double centre() {
        double n = findings();
        return (share() + Z * Z / (2 * n)) / (1 + Z * Z / n);
    }

    private double spread() {
        double n = findings();
        double p = share();
        return Z / (1 + Z * Z / n) * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
    }
}
