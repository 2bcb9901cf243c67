package org.anticall.rules.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.number.E164;
import org.anticall.rules.number.PatternIndex;

/**
 * One order of a table: what it does to calls on international trunks whose asserted or presented number it names.
 *
 * @param number of the order, 1 to {@link #MAX_NUMBER}; its rule has the id {@code O} and this number
 * @param mode live, or shadow
 * @param verdict what happens to the calls, see {@link OrderVerdicts}
 * @param validity when it is in force
 * @param basis the ground it stands on
 * @param title one sentence
 * @param callees prefixes of the called numbers it holds for, as {@link PatternIndex#key} has them, ascending; none: all
 * @param patterns the numbers and prefixes it names, the same way; at least one
 */
public record OrderLine(
        long number,
        Mode mode,
        Verdict verdict,
        Validity validity,
        LegalBasis basis,
        String title,
        long[] callees,
        long[] patterns) {

    public static final long MAX_NUMBER = 99_999_999;

    private static final int MAX_DIGITS = 8;

    /** Most numbers and prefixes of one order. */
    public static final int MAX_PATTERNS = 10_000;

    static final char SEPARATOR = ';';
    static final char ESCAPE = '\\';

    /** The id of its rule. */
    public String id() {
        return id(number);
    }

    /** The id of the rule of an order. */
    public static String id(long number) {
        return "O" + number;
    }

    /** The number of the order whose rule has this {@code id}, 0 if it is none. */
    public static long numberOf(String id) {
        int digits = id.length() - 1;
        if (digits < 1 || digits > MAX_DIGITS || id.charAt(0) != 'O' || id.charAt(1) == '0') {
            return 0;
        }
        long number = 0;
        for (int at = 1; at <= digits; at++) {
            int digit = id.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    /** The stage in which its turn is. */
    public Stage stage() {
        return verdict.kind() == Verdict.Kind.PASS ? Stage.ALLOW : Stage.DETERMINISTIC;
    }

    /** Whether it keeps calls from reaching the citizen as they came. */
    public boolean isInterception() {
        return verdict.kind().isInterception();
    }

    /**
     * The pattern by which it names {@code e164}, 0 if it does not: the number itself, or the shortest prefix. Goes
     * through all: for people, not for calls.
     */
    public long naming(long e164) {
        long found = 0;
        for (long pattern : patterns) {
            long digits = PatternIndex.digits(pattern);
            if (digits == e164 && !PatternIndex.isPrefix(pattern)) {
                return pattern;
            }
            if (found == 0 && PatternIndex.isPrefix(pattern) && E164.startsWith(e164, digits)) {
                found = pattern;
            }
        }
        return found;
    }

    /** The line in its one written form, without a line feed. */
    public String text() {
        return String.join(
                String.valueOf(SEPARATOR),
                Long.toString(number),
                Words.of(mode),
                OrderVerdicts.text(verdict),
                instant(validity.from(), Validity.ALWAYS.from()),
                instant(validity.until(), Validity.ALWAYS.until()),
                Words.of(basis.type()),
                escaped(basis.document()),
                basis.date().toString(),
                escaped(basis.office()),
                escaped(title),
                texts(callees),
                texts(patterns));
    }

    /** The patterns as they are written in lists. */
    public List<String> patternTexts() {
        return written(patterns);
    }

    /** The prefixes of called numbers as they are written in lists. */
    public List<String> calleeTexts() {
        return written(callees);
    }

    private static List<String> written(long[] keys) {
        List<String> texts = new ArrayList<>(keys.length);
        for (long key : keys) {
            texts.add(PatternIndex.text(key));
        }
        return texts;
    }

    private static String texts(long[] keys) {
        return String.join(" ", written(keys));
    }

    private static String instant(Instant instant, Instant open) {
        return instant.equals(open) ? "" : instant.toString();
    }

    private static String escaped(String text) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            boolean meansSomething = each == SEPARATOR || each == ESCAPE || each == '\n' || each == '\r';
            if (meansSomething && out == null) {
                out = new StringBuilder(text.length() + 8).append(text, 0, i);
            }
            if (out != null && meansSomething) {
                out.append(ESCAPE).append(each == '\n' ? 'n' : each == '\r' ? 'r' : each);
            } else if (out != null) {
                out.append(each);
            }
        }
        return out == null ? text : out.toString();
    }
}
