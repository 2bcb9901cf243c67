package org.anticall.ops.publish;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which orders a revision has, and which of them only watch: {@code O17} or {@code O17:shadow}, ascending. Kept as the
 * text that is stored and read only when somebody asks, because a revision of a hundred thousand orders is mostly only
 * named. Immutable.
 *
 * <p>The text begins with {@code ~}, then for each order how far its number is from the one before, {@code s} if it only
 * watches, and {@code *n} for n in a row of the same: {@code ~1*99 3s} are O1 to O99 and O102:shadow. Revisions of
 * before have the names themselves.
 */
public final class RevisionOrders {

    private static final char BEGIN = '~';
    private static final String SHADOW = ":shadow";

    private final String text;

    private RevisionOrders(String text) {
        this.text = text;
    }

    /** What a text that was stored says. */
    public static RevisionOrders of(String text) {
        return new RevisionOrders(text);
    }

    /** None. */
    public static RevisionOrders none() {
        return new RevisionOrders("");
    }

    /** {@code O17}, or {@code O17:shadow} for one that only watches. */
    static String name(long order, boolean shadow) {
        return Assembly.ruleOf(order) + (shadow ? SHADOW : "");
    }

    /** As it is stored. */
    public String text() {
        return text;
    }

    /** How many there are. */
    public int size() {
        int size = 0;
        for (Cursor each = new Cursor(); each.next(); ) {
            size++;
        }
        return size;
    }

    /** Whether an order of that name is in it. */
    public boolean contains(String name) {
        for (Cursor each = new Cursor(); each.next(); ) {
            if (each.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** The first names. */
    public List<String> names(int most) {
        List<String> names = new ArrayList<>();
        for (Cursor each = new Cursor(); names.size() < most && each.next(); ) {
            names.add(each.name());
        }
        return names;
    }

    /** The names here that {@code other} has not, or in the other mode. */
    public List<String> without(RevisionOrders other) {
        List<String> names = new ArrayList<>();
        Cursor there = other.new Cursor();
        boolean more = there.next();
        for (Cursor each = new Cursor(); each.next(); ) {
            while (more && there.number < each.number) {
                more = there.next();
            }
            if (!more || there.number != each.number || there.shadow != each.shadow) {
                names.add(each.name());
            }
        }
        return names;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RevisionOrders orders && orders.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    /** Goes through the orders. */
    private final class Cursor {

        private final boolean named = !text.isEmpty() && text.charAt(0) != BEGIN;
        private int at = named ? 0 : 1;
        private long gap;
        private int left;
        private long number;
        private boolean shadow;

        boolean next() {
            if (left == 0 && !token()) {
                return false;
            }
            left--;
            number += gap;
            return true;
        }

        String name() {
            return RevisionOrders.name(number, shadow);
        }

        private boolean token() {
            if (at >= text.length()) {
                return false;
            }
            int space = text.indexOf(' ', at);
            String token = text.substring(at, space < 0 ? text.length() : space);
            at = space < 0 ? text.length() : space + 1;
            left = 1;
            if (named) {
                shadow = token.endsWith(SHADOW);
                gap = Long.parseLong(token, 1, token.length() - (shadow ? SHADOW.length() : 0), 10) - number;
                return true;
            }
            int star = token.indexOf('*');
            int end = star < 0 ? token.length() : star;
            left = star < 0 ? 1 : Integer.parseInt(token, star + 1, token.length(), 10);
            shadow = token.charAt(end - 1) == 's';
            gap = Long.parseLong(token, 0, shadow ? end - 1 : end, 10);
            return true;
        }
    }

    /** Collects orders, ascending by number. */
    static final class Builder {

        private final StringBuilder text = new StringBuilder();
        private long last;
        private String token = "";
        private int times;

        void add(long number, boolean shadow) {
            String next = (number - last) + (shadow ? "s" : "");
            last = number;
            if (next.equals(token)) {
                times++;
                return;
            }
            write();
            token = next;
            times = 1;
        }

        RevisionOrders build() {
            write();
            times = 0;
            return new RevisionOrders(text.toString());
        }

        private void write() {
            if (times > 0) {
                text.append(text.isEmpty() ? String.valueOf(BEGIN) : " ").append(token);
                if (times > 1) {
                    text.append('*').append(times);
                }
            }
        }
    }
}
