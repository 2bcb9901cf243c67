package org.anticall.gateway.verdict;

import org.anticall.gateway.config.Trunk;
import org.anticall.gateway.sip.AssertedIdentity;
import org.anticall.gateway.sip.HeaderId;
import org.anticall.gateway.sip.NameAddr;
import org.anticall.gateway.sip.Redirection;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipText;
import org.anticall.gateway.sip.SipUri;
import org.anticall.gateway.sip.Slice;
import org.anticall.gateway.sip.UserPart;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Privacy;
import org.anticall.rules.number.NumberNormalizer;
import org.anticall.rules.number.PartyNumber;
import org.anticall.rules.record.DecisionRecord;

/** Reads from an INVITE what a verdict may depend on. Reused scratch views; owned by one event loop. */
public final class FactsReader {

    private static final byte[] ANONYMOUS_HOST = SipText.bytes("anonymous.invalid");
    private static final byte[] NO_PRIVACY = SipText.bytes("none");

    private final NumberNormalizer numbers;
    private final AssertedIdentity asserted = new AssertedIdentity();
    private final Redirection redirection = new Redirection();
    private final NameAddr address = new NameAddr();
    private final SipUri uri = new SipUri();
    private final UserPart user = new UserPart();

    public FactsReader(NumberNormalizer numbers) {
        this.numbers = numbers;
    }

    /** The facts of {@code invite}, which came on {@code trunk} at {@code epochMillis}. */
    public CallFacts read(SipMessage invite, Trunk trunk, long epochMillis) {
        return CallFacts.on(trunk.name(), trunk.trunkClass(), epochMillis)
                .asserted(caller(invite, asserted.find(invite)))
                .presented(caller(invite, presented(invite)))
                .callee(numbers.callee(user(invite, Slice.of(invite.uriStart(), invite.uriEnd()))))
                .redirecting(caller(invite, redirection.redirecting(invite)))
                .privacy(asksForPrivacy(invite) ? Privacy.ID : Privacy.NONE)
                .build();
    }

    /** The same number fields as they were written, for the record. */
    public DecisionRecord.RawNumbers raw(SipMessage invite) {
        return new DecisionRecord.RawNumbers(
                user(invite, asserted.find(invite)).toString(),
                user(invite, presented(invite)).toString(),
                user(invite, Slice.of(invite.uriStart(), invite.uriEnd())).toString(),
                user(invite, redirection.redirecting(invite)).toString());
    }

    private long caller(SipMessage invite, long uriSlice) {
        if (uriSlice == Slice.NONE) {
            return PartyNumber.ABSENT;
        }
        UserPart read = user(invite, uriSlice);
        if (uri.hostIs(ANONYMOUS_HOST)) {
            return PartyNumber.ANONYMOUS;
        }
        return read.length() == 0 ? PartyNumber.ABSENT : numbers.caller(read);
    }

    private UserPart user(SipMessage invite, long uriSlice) {
        if (!Slice.isPresent(uriSlice) || !uri.read(invite.bytes(), Slice.start(uriSlice), Slice.end(uriSlice))) {
            uri.clear();
            return user.clear();
        }
        return user.read(invite.bytes(), uri);
    }

    private long presented(SipMessage invite) {
        int line = invite.first(HeaderId.FROM);
        return line >= 0 && address.read(invite.bytes(), invite.valueStart(line), invite.valueEnd(line))
                ? Slice.of(address.uriStart(), address.uriEnd())
                : Slice.NONE;
    }

    /** RFC 3323 §4.2: any value but {@code none} asks for some privacy. */
    private static boolean asksForPrivacy(SipMessage invite) {
        int line = invite.first(HeaderId.PRIVACY);
        return line >= 0
                && !SipText.equalsIgnoreCase(
                        invite.bytes(), invite.valueStart(line), invite.valueEnd(line), NO_PRIVACY);
    }
}
