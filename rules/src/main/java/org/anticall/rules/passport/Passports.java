package org.anticall.rules.passport;

import java.util.ArrayList;
import java.util.List;
import org.anticall.rules.call.Attestation;
import org.anticall.rules.call.Passport;
import org.anticall.rules.number.PartyNumber;
import org.jspecify.annotations.Nullable;

/**
 * The Identity headers of a call, each for itself and together: of several the first that is wrong counts, and a token for
 * another callee holds if diversions lead from that one to the one who is called (RFC 8946 §4).
 */
public final class Passports {

    /** A call with more of them is not looked into, and they are taken for invalid. */
    static final int MAX_HEADERS = 8;

    private Passports() {}

    /**
     * What was found.
     *
     * @param passport of all headers together
     * @param attestation the claim of the first header that has one, whatever else is wrong with it
     */
    public record Findings(Passport passport, Attestation attestation) {

        /** There are no such headers. */
        public static final Findings NONE = new Findings(Passport.NONE, Attestation.NONE);
    }

    /**
     * Looks at the Identity headers of a call.
     *
     * @param values of the headers, as they stand
     * @param atEpochMillis when the call came
     * @param caller the network number, else the shown one, packed as in {@link PartyNumber}
     * @param callee packed likewise
     */
    public static Findings of(List<String> values, long atEpochMillis, long caller, long callee) {
        if (values.size() > MAX_HEADERS) {
            return new Findings(Passport.INVALID, Attestation.NONE);
        }
        Passport first = Passport.NONE;
        Attestation attestation = Attestation.NONE;
        List<PassportToken> origins = new ArrayList<>();
        List<PassportToken> diversions = new ArrayList<>();
        for (String value : values) {
            IdentityHeader header = IdentityHeader.parse(value);
            if (header != null && !PassportToken.isAboutTheCall(header)) {
                continue;
            }
            PassportToken token = header == null ? null : PassportToken.of(header);
            attestation = token != null && attestation == Attestation.NONE ? token.attestation() : attestation;
            Passport found = found(token, atEpochMillis, caller);
            first = first.isWrong() ? first : found;
            if (token != null && found == Passport.UNVERIFIED) {
                (token.isDiversion() ? diversions : origins).add(token);
            }
        }
        for (PassportToken origin : origins) {
            first = first.isWrong() || leadsTo(callee, origin, diversions) ? first : Passport.INVALID;
        }
        return new Findings(first, attestation);
    }

    private static Passport found(@Nullable PassportToken token, long atEpochMillis, long caller) {
        return token == null ? Passport.INVALID : token.check(atEpochMillis, caller);
    }

    /** Whether {@code callee} is who the token names, or whom diversions have put into that one's place step by step. */
    private static boolean leadsTo(long callee, PassportToken origin, List<PassportToken> diversions) {
        String called = PartyNumber.format(callee).replace("+", "");
        List<PassportToken> left = new ArrayList<>(diversions);
        List<String> dest = origin.dest();
        while (!dest.contains(called)) {
            PassportToken next = diversionOf(dest, left);
            if (next == null) {
                return false;
            }
            left.remove(next);
            dest = next.dest();
        }
        return true;
    }

    private static @Nullable PassportToken diversionOf(List<String> dest, List<PassportToken> diversions) {
        for (PassportToken each : diversions) {
            if (dest.contains(each.divertedFrom())) {
                return each;
            }
        }
        return null;
    }
}
