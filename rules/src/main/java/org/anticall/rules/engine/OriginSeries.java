package org.anticall.rules.engine;

import java.util.Arrays;

/**
 * How many calls of one kind came on a trunk: second by second for the last hour, day by day for the last 30, and what is
 * usual at this hour of a working day or a weekend. Not thread-safe.
 */
final class OriginSeries {

    private static final int HOUR = 3600;
    private static final int DAY = 86_400;
    private static final int DAYS = 31;
    private static final int HOURS_OF_DAY = 24;
    private static final int SLOTS = 2 * HOURS_OF_DAY;
    private static final int WEEK = 7;
    /** Seconds are counted from a Wednesday. */
    private static final int FIRST_WEEKDAY = 2;

    private static final int SATURDAY = 5;
    private static final double FADE = 0.3;
    private static final int FEWEST_HOURS = 3;
    private static final int TENTHS = 10;
    private static final int TENTHS_MAX = 1000;

    private final short[] seconds = new short[HOUR];
    private final int[] days = new int[DAYS];
    private final float[] means = new float[SLOTS];
    private final float[] variances = new float[SLOTS];
    private final byte[] hoursSeen = new byte[SLOTS];
    private long daySum;
    private int hourSum;
    private int clockHourSum;
    private int last;

    /** What one takes, bytes. */
    static long bytesOfOne() {
        return 2L * HOUR + 4L * DAYS + 9L * SLOTS + 64;
    }

    /** Counts a call at {@code now}. */
    void add(int now) {
        advance(now);
        int second = last % HOUR;
        if (seconds[second] < Short.MAX_VALUE) {
            seconds[second]++;
            hourSum++;
        }
        clockHourSum++;
        days[last / DAY % DAYS]++;
        daySum++;
    }

    /** Calls of the last hour. */
    int lastHour(int now) {
        advance(now);
        return hourSum;
    }

    /** Calls of the 30 days before today. */
    long daysBefore(int now) {
        advance(now);
        return daySum - days[last / DAY % DAYS];
    }

    /** How far the last hour exceeds what is usual, in tenths of standard deviations; -1 if nobody knows what is usual. */
    int burst(int now) {
        advance(now);
        int slot = slot(last);
        if (hoursSeen[slot] < FEWEST_HOURS) {
            return -1;
        }
        double deviation = Math.sqrt(Math.max(1, Math.max(variances[slot], means[slot])));
        double tenths = (hourSum - means[slot]) / deviation * TENTHS;
        return (int) Math.max(0, Math.min(TENTHS_MAX, tenths));
    }

    private void advance(int now) {
        if (last == 0) {
            last = now;
        }
        if (now <= last) {
            return;
        }
        if (now - last >= HOUR) {
            Arrays.fill(seconds, (short) 0);
            hourSum = 0;
        } else {
            for (int second = last + 1; second <= now; second++) {
                hourSum -= seconds[second % HOUR];
                seconds[second % HOUR] = 0;
            }
        }
        hours(now);
        int gone = Math.min(DAYS, now / DAY - last / DAY);
        for (int day = 1; day <= gone; day++) {
            daySum -= days[(last / DAY + day) % DAYS];
            days[(last / DAY + day) % DAYS] = 0;
        }
        last = now;
    }

    /** Learns from the clock hours that are over, those without any call too, a week back at most. */
    private void hours(int now) {
        int over = Math.min(WEEK * HOURS_OF_DAY, now / HOUR - last / HOUR);
        for (int hour = 0; hour < over; hour++) {
            learn(slot(last + hour * HOUR), clockHourSum);
            clockHourSum = 0;
        }
    }

    private void learn(int slot, int calls) {
        if (hoursSeen[slot] == 0) {
            means[slot] = calls;
            variances[slot] = calls;
        } else {
            double distance = calls - means[slot];
            means[slot] += (float) (FADE * distance);
            variances[slot] = (float) ((1 - FADE) * (variances[slot] + FADE * distance * distance));
        }
        hoursSeen[slot] = (byte) Math.min(Byte.MAX_VALUE, hoursSeen[slot] + 1);
    }

    private static int slot(int second) {
        int weekday = (second / DAY + FIRST_WEEKDAY) % WEEK;
        return second / HOUR % HOURS_OF_DAY + (weekday >= SATURDAY ? HOURS_OF_DAY : 0);
    }

    void save(SavedBytes out) {
        out.putInt(last).putInt(clockHourSum);
        for (int second = 0; second < HOUR; second++) {
            if (seconds[second] != 0) {
                out.putInt((second << 16) | seconds[second]);
            }
        }
        out.putInt(-1);
        for (int day : days) {
            out.putInt(day);
        }
        for (int slot = 0; slot < SLOTS; slot++) {
            out.putInt(Float.floatToIntBits(means[slot]))
                    .putInt(Float.floatToIntBits(variances[slot]))
                    .putInt(hoursSeen[slot]);
        }
    }

    void restore(SavedBytes in) {
        last = in.getInt();
        clockHourSum = Math.max(0, in.getInt());
        for (int packed = in.getInt(); packed != -1; packed = in.getInt()) {
            int second = Math.floorMod(packed >>> 16, HOUR);
            hourSum += Math.max(0, (short) packed) - seconds[second];
            seconds[second] = (short) Math.max(0, (short) packed);
        }
        daySum = 0;
        for (int day = 0; day < DAYS; day++) {
            days[day] = Math.max(0, in.getInt());
            daySum += days[day];
        }
        for (int slot = 0; slot < SLOTS; slot++) {
            means[slot] = Float.intBitsToFloat(in.getInt());
            variances[slot] = Float.intBitsToFloat(in.getInt());
            hoursSeen[slot] = (byte) in.getInt();
        }
    }
}
