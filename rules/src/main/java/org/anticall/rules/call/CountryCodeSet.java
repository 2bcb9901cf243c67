package org.anticall.rules.call;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.anticall.rules.number.Countries;

/** A set of country codes of ITU-T E.164, 1 to 999. Immutable; look-ups allocate nothing. */
public final class CountryCodeSet {

    /** Largest country code. */
    public static final int MAX_CODE = 999;

    public static final CountryCodeSet EMPTY = new CountryCodeSet(new long[(MAX_CODE >> 6) + 1]);

    private final long[] bits;

    private CountryCodeSet(long[] bits) {
        this.bits = bits;
    }

    /**
     * The set of {@code codes}.
     *
     * @throws IllegalArgumentException naming a code that is not from 1 to 999
     */
    public static CountryCodeSet of(Collection<Integer> codes) {
        long[] bits = new long[EMPTY.bits.length];
        for (int code : codes) {
            if (code < 1 || code > MAX_CODE) {
                throw new IllegalArgumentException("country code " + code + ", expected 1 to " + MAX_CODE);
            }
            bits[code >> 6] |= 1L << code;
        }
        return new CountryCodeSet(bits);
    }

    /**
     * The codes of {@code countries}; countries that share a code share it here.
     *
     * @param countries ISO 3166-1 alpha-2
     * @throws IllegalArgumentException naming a country that has no code
     */
    public static CountryCodeSet ofCountries(Collection<String> countries) {
        List<Integer> codes = new ArrayList<>();
        for (String country : countries) {
            int code = Countries.codeOf(country);
            if (code == 0) {
                throw new IllegalArgumentException("no country code for '" + country + "', expected one like TR");
            }
            codes.add(code);
        }
        return of(codes);
    }

    /** Whether {@code code} is in the set; no code outside 1 to 999 is. */
    public boolean contains(int code) {
        return code >= 1 && code <= MAX_CODE && (bits[code >> 6] & (1L << code)) != 0;
    }

    public boolean isEmpty() {
        return equals(EMPTY);
    }

    /** The codes in ascending order. */
    public List<Integer> codes() {
        List<Integer> codes = new ArrayList<>();
        for (int code = 1; code <= MAX_CODE; code++) {
            if (contains(code)) {
                codes.add(code);
            }
        }
        return codes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CountryCodeSet set && Arrays.equals(bits, set.bits);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bits);
    }

    @Override
    public String toString() {
        return codes().toString();
    }
}
