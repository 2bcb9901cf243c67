package org.anticall.ops.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * How often one may try to sign in. A place is a network address or a {@link KnownDevice}.
 *
 * <ul>
 *   <li>After {@value #MOST_PER_ACCOUNT} wrong passwords for an account from one place each further one takes twice the wait
 *       of the one before, from {@link #FIRST_WAIT} to {@link #LONGEST_WAIT}: who mistypes waits half a minute, who guesses
 *       gets a hundred tries a day.
 *   <li>After {@value #MOST_PER_PLACE} from a place for all accounts together there is one try each {@link #FIRST_WAIT}, no
 *       less: many people may share an address, and whoever of them guesses at names must not keep the others out for long.
 *       Known devices are places of their own and feel nothing of it.
 * </ul>
 *
 * Forgotten after {@link #FORGOTTEN}, and for an account when an administrator unlocks it. Thread-safe, bounded.
 */
final class SignInLimit {

    static final int MOST_PER_ACCOUNT = 5;
    static final int MOST_PER_PLACE = 30;
    static final Duration FIRST_WAIT = Duration.ofSeconds(30);
    static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
    static final Duration FORGOTTEN = Duration.ofHours(1);

    private static final int MOST_KEYS = 20_000;
    private static final int MOST_DOUBLINGS = 20;
    private static final int NETWORK_BYTES = 8;

    private final Ticker ticker;
    private final Cache<String, Tries> wrong;

    SignInLimit(Ticker ticker) {
        this.ticker = ticker;
        this.wrong = Caffeine.newBuilder()
                .maximumSize(MOST_KEYS)
                .expireAfterWrite(FORGOTTEN)
                .ticker(ticker)
                .build();
    }

    /** Wrong passwords so far and when the last of them was. */
    private record Tries(int count, long lastNanos) {}

    /**
     * The place of a network address. Of IPv6 it is the network of 64 bits: who has one address of it has all.
     *
     * @param address in digits
     */
    static String place(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return bytes.length > NETWORK_BYTES
                    ? HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES)) + "::/64"
                    : address;
        } catch (UnknownHostException notAnAddress) {
            return address;
        }
    }

    /** How long until another password is taken, zero if one is now. */
    Duration wait(String account, String place) {
        long nanos = Math.max(
                waitNanos(account + " " + place, MOST_PER_ACCOUNT, LONGEST_WAIT),
                waitNanos(place, MOST_PER_PLACE, FIRST_WAIT));
        return Duration.ofNanos(Math.max(0, nanos));
    }

    /** How many wrong passwords are taken before one has to wait. */
    int attemptsLeft(String account, String place) {
        if (!wait(account, place).isZero()) {
            return 0;
        }
        int left = Math.min(MOST_PER_ACCOUNT - count(account + " " + place), MOST_PER_PLACE - count(place));
        return Math.max(1, left);
    }

    void failed(String account, String place) {
        long now = ticker.read();
        for (String key : new String[] {account + " " + place, place}) {
            wrong.asMap().merge(key, new Tries(1, now), (before, one) -> new Tries(before.count() + 1, now));
        }
    }

    void succeeded(String account, String place) {
        wrong.invalidate(account + " " + place);
    }

    /** Forgets what was tried for an account, wherever that was. */
    void unlock(String account) {
        wrong.asMap().keySet().removeIf(key -> key.startsWith(account + " "));
    }

    private long waitNanos(String key, int most, Duration longest) {
        Tries tries = wrong.getIfPresent(key);
        if (tries == null || tries.count() < most) {
            return 0;
        }
        int doublings = Math.min(MOST_DOUBLINGS, tries.count() - most);
        long wait = Math.min(longest.toNanos(), FIRST_WAIT.toNanos() << doublings);
        return wait - (ticker.read() - tries.lastNanos());
    }

    private int count(String key) {
        Tries tries = wrong.getIfPresent(key);
        return tries == null ? 0 : tries.count();
    }
}
