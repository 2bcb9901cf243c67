package org.anticall.ops.http;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.anticall.ops.people.Account;
import org.anticall.ops.people.Secrets;
import org.jspecify.annotations.Nullable;

/**
 * A browser in which somebody has signed in before, with all that takes. It has tries of its own, and a lock that strangers
 * brought about does not hold for it; password and second factor are asked for as everywhere. What tells it is a cookie
 * {@code TIME.ID.MAC} whose key is made of the account's password hash and second factor: nothing is stored, and a changed
 * password or second factor forgets every device. Whoever knows that key has no use for more tries.
 */
final class KnownDevice {

    static final Duration LASTS = Duration.ofDays(90);

    private static final String COOKIE = "anticall_device";
    private static final int ID_BYTES = 12;

    private KnownDevice() {}

    /** The id of the device that asks, null if the account has not been there in the last days. */
    static @Nullable String of(Context context, @Nullable Account account, Instant now) {
        String cookie = context.cookie(COOKIE);
        return cookie == null || account == null ? null : idIn(cookie, account, now);
    }

    /** Makes the device that asks known to the account. */
    static void remember(Context context, Account account, Instant now, boolean secure) {
        context.cookie(new Cookie(
                COOKIE,
                cookie(account, now),
                "/api/session",
                (int) LASTS.toSeconds(),
                secure,
                true,
                null,
                SameSite.STRICT));
    }

    static String cookie(Account account, Instant now) {
        String device = now.getEpochSecond() + "." + Secrets.random(ID_BYTES);
        return device + "." + mac(account, device);
    }

    static @Nullable String idIn(String cookie, Account account, Instant now) {
        String[] parts = cookie.split("\\.", -1);
        if (parts.length != 3 || !parts[0].matches("[0-9]{1,12}")) {
            return null;
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(parts[0])), now);
        byte[] expected = mac(account, parts[0] + "." + parts[1]).getBytes(StandardCharsets.UTF_8);
        boolean isOurs = MessageDigest.isEqual(expected, parts[2].getBytes(StandardCharsets.UTF_8));
        return isOurs && !age.isNegative() && age.compareTo(LASTS) < 0 ? parts[1] : null;
    }

    private static String mac(Account account, String device) {
        String key = account.passwordHash() + "\n" + account.secondFactor();
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            String bound = "device\n" + account.name() + "\n" + device;
            return HexFormat.of().formatHex(mac.doFinal(bound.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }
}
