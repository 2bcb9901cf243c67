package org.anticall.gateway.verdict;

import org.anticall.gateway.sip.Params;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipText;
import org.anticall.gateway.sip.SipUri;
import org.anticall.gateway.sip.Slice;
import org.anticall.gateway.sip.UserPart;
import org.anticall.rules.call.Mark;
import org.anticall.rules.call.Verstat;
import org.anticall.rules.number.NumberNormalizer;
import org.anticall.rules.number.PartyNumber;

/**
 * A URI that names a party: its number without the parameters that stand in the user part, and what those parameters say.
 * Reused; holds until the next {@link #read}. Owned by one event loop.
 */
final class CallerUri {

    private static final byte[] ANONYMOUS_HOST = SipText.bytes("anonymous.invalid");
    private static final byte[] VERSTAT = SipText.bytes("verstat");
    private static final byte[] CPC = SipText.bytes("cpc");
    private static final byte[] USER = SipText.bytes("user");
    private static final byte[] PHONE = SipText.bytes("phone");
    private static final byte[] PHONE_CONTEXT = SipText.bytes("phone-context");
    private static final byte[] PAYPHONE = SipText.bytes("payphone");
    private static final byte[] TEST = SipText.bytes("test");
    private static final byte[] OPERATOR = SipText.bytes("operator");

    private final NumberNormalizer numbers;
    private final byte[] homeContext;
    private final SipUri uri = new SipUri();
    private final UserPart user = new UserPart();
    private byte[] bytes = new byte[0];
    private boolean readable;
    private boolean there;

    CallerUri(NumberNormalizer numbers) {
        this.numbers = numbers;
        this.homeContext = SipText.bytes("+" + numbers.homeCountryCode());
    }

    /** Looks at the URI at {@code slice}, {@link Slice#NONE} if there is none. */
    CallerUri read(SipMessage message, long slice) {
        bytes = message.bytes();
        there = slice != Slice.NONE;
        readable = Slice.isPresent(slice) && uri.read(bytes, Slice.start(slice), Slice.end(slice));
        if (!readable) {
            uri.clear();
            user.clear();
        } else {
            user.read(bytes, uri);
        }
        return this;
    }

    /** The user part as text, without parameters; empty if there is none. */
    CharSequence user() {
        return user;
    }

    /** What it says of a calling or redirecting party, packed as in {@link PartyNumber}. */
    long number() {
        if (!there) {
            return PartyNumber.ABSENT;
        }
        if (uri.hostIs(ANONYMOUS_HOST)) {
            return PartyNumber.ANONYMOUS;
        }
        return user.length() == 0 ? PartyNumber.ABSENT : numbers.caller(user);
    }

    Verstat verstat() {
        return readable ? Claims.verstat(bytes, parameter(VERSTAT)) : Verstat.NONE;
    }

    /** Bits of {@link Mark} for what the parameters of the URI of the calling {@code number} say, or leave out. */
    int marks(long number) {
        if (!readable) {
            return Mark.NONE;
        }
        int marks = Mark.NONE;
        long category = parameter(CPC);
        if (is(category, PAYPHONE)) {
            marks = Mark.CPC_PAYPHONE.in(marks);
        } else if (is(category, TEST)) {
            marks = Mark.CPC_TEST.in(marks);
        } else if (is(category, OPERATOR)) {
            marks = Mark.CPC_OPERATOR.in(marks);
        }
        if (is(parameter(PHONE_CONTEXT), homeContext)) {
            marks = Mark.HOME_PHONE_CONTEXT.in(marks);
        }
        boolean phone = uri.scheme() == SipUri.Scheme.TEL || is(uri.param(USER), PHONE);
        return !phone && PartyNumber.kind(number) == PartyNumber.Kind.E164 ? Mark.USER_NOT_PHONE.in(marks) : marks;
    }

    /** A parameter of the user part, where telephone parameters belong (RFC 3261 §19.1.6), else of the URI. */
    private long parameter(byte[] lowerName) {
        long inUser = Params.find(bytes, uri.userEnd(), uri.userInfoEnd(), lowerName);
        return inUser == Slice.NONE ? uri.param(lowerName) : inUser;
    }

    private boolean is(long slice, byte[] lowerText) {
        return Slice.isPresent(slice)
                && SipText.equalsIgnoreCase(bytes, Slice.start(slice), Slice.end(slice), lowerText);
    }
}
