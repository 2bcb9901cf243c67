package org.anticall.ops.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Objects;

/**
 * How often one may try to sign in: {@value #MOST_PER_ACCOUNT} wrong passwords for an account from one address, and
 * {@value #MOST_PER_ADDRESS} from an address for all accounts together, then {@link #WAIT}. Counted per address, so that a
 * stranger cannot lock out a person who sits elsewhere. Thread-safe, bounded.
 */
final class SignInLimit {

    static final int MOST_PER_ACCOUNT = 5;
    static final int MOST_PER_ADDRESS = 30;
    static final Duration WAIT = Duration.ofMinutes(15);

    private static final int MOST_KEYS = 20_000;

    private final Cache<String, Integer> failures;

    SignInLimit(Ticker ticker) {
        this.failures = Caffeine.newBuilder()
                .maximumSize(MOST_KEYS)
                .expireAfterWrite(WAIT)
                .ticker(ticker)
                .build();
    }

    /** How many more wrong passwords are taken; 0: none may be tried now. */
    int attemptsLeft(String account, String address) {
        int left = Math.min(
                MOST_PER_ACCOUNT - count(accountKey(account, address)), MOST_PER_ADDRESS - count(addressKey(address)));
        return Math.max(0, left);
    }

    void failed(String account, String address) {
        failures.asMap().merge(accountKey(account, address), 1, Integer::sum);
        failures.asMap().merge(addressKey(address), 1, Integer::sum);
    }

    void succeeded(String account, String address) {
        failures.invalidate(accountKey(account, address));
    }

    private int count(String key) {
        return Objects.requireNonNullElse(failures.getIfPresent(key), 0);
    }

    private static String accountKey(String account, String address) {
        return address + " " + account;
    }

    private static String addressKey(String address) {
        return address;
    }
}
