package org.anticall.ops.sip;

import java.util.List;
import java.util.Map;
import org.anticall.ops.desk.DeskPolicy;

/**
 * All that a desk is told from outside.
 *
 * @param address IP literal to listen on
 * @param port UDP port to listen on, 0 for any free one
 * @param gateways who may send diverted calls
 * @param phonesFrom where operators' phones may register from
 * @param realm name the phones' passwords belong to; it is shown to the phones
 * @param passwords the phones: user name to password; each user is a seat
 * @param policy the limits of call distribution
 * @param releaseStatus final status with which a phone releases a call to the callee instead of only declining it, for
 *     seats without a console; 0 if no status does
 * @param bypassKey what gateways have as {@code desk-calls.bypass-key}: lets the desk call the callee of an answered call;
 *     empty where it may not
 * @param releaseKey the key of a phone that lets an answered call go on to its callee, a digit, {@code *} or {@code #};
 *     empty if no key does
 */
public record DeskSettings(
        String address,
        int port,
        List<AddressRange> gateways,
        List<AddressRange> phonesFrom,
        String realm,
        Map<String, String> passwords,
        DeskPolicy policy,
        int releaseStatus,
        byte[] bypassKey,
        String releaseKey) {

    /** What a phone's decline key sends: 603 Decline (RFC 3261 §21.6.2). */
    public static final int DECLINE_KEY = 603;

    public DeskSettings {
        gateways = List.copyOf(gateways);
        phonesFrom = List.copyOf(phonesFrom);
        passwords = Map.copyOf(passwords);
        bypassKey = bypassKey.clone();
        if (realm.isEmpty() || realm.indexOf('"') >= 0 || realm.indexOf('\\') >= 0) {
            throw new IllegalArgumentException("realm is \"" + realm + "\", expected a name without quotes");
        }
        if (releaseStatus != 0 && (releaseStatus < 400 || releaseStatus > 699)) {
            throw new IllegalArgumentException("releaseStatus is " + releaseStatus + ", expected 0 or 400 to 699");
        }
        if (!releaseKey.matches("[0-9*#]?")) {
            throw new IllegalArgumentException("releaseKey is \"" + releaseKey + "\", expected a key of a phone");
        }
    }

    /** Settings of a desk that calls no callee. */
    public DeskSettings(
            String address,
            int port,
            List<AddressRange> gateways,
            List<AddressRange> phonesFrom,
            String realm,
            Map<String, String> passwords,
            DeskPolicy policy,
            int releaseStatus) {
        this(address, port, gateways, phonesFrom, realm, passwords, policy, releaseStatus, new byte[0], "");
    }

    /** Passwords are nobody's business. */
    @Override
    public String toString() {
        return "DeskSettings[" + address + ":" + port + ", gateways " + gateways + ", phones " + passwords.keySet()
                + "]";
    }
}
