package org.anticall.gateway.verdict;

import org.anticall.gateway.sip.HeaderId;
import org.anticall.gateway.sip.Lists;
import org.anticall.gateway.sip.NameAddr;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipText;
import org.anticall.gateway.sip.SipUri;
import org.anticall.gateway.sip.ViaValue;
import org.anticall.rules.call.Mark;

/**
 * What an INVITE lets see of the network behind the peer, and addresses only scanners send. An INVITE of a border
 * controller shows none of it. Allocates nothing; owned by one event loop.
 */
final class TopologyMarks {

    private static final byte[][] VENDOR_PREFIXES = {
        SipText.bytes("x-asterisk-"),
        SipText.bytes("x-ast-"),
        SipText.bytes("x-cid"),
        SipText.bytes("x-fs-"),
        SipText.bytes("x-freeswitch-"),
        SipText.bytes("x-vici"),
        SipText.bytes("x-pbx")
    };
    private static final byte[] SCANNER_HOST = SipText.bytes("1.1.1.1");
    private static final byte[] NM = SipText.bytes("nm");

    private final ViaValue via = new ViaValue();
    private final NameAddr address = new NameAddr();
    private final SipUri uri = new SipUri();

    /**
     * Bits of {@link Mark} for the headers of {@code invite}.
     *
     * @param peer address of the signalling peer as text, without port and brackets
     */
    int of(SipMessage invite, byte[] peer) {
        int marks = Mark.NONE;
        if (hasPrivateViaBelow(invite)) {
            marks = Mark.INNER_VIA.in(marks);
        }
        if (hasVendorHeader(invite)) {
            marks = Mark.VENDOR_HEADER.in(marks);
        }
        byte[] bytes = invite.bytes();
        if (readUri(invite, HeaderId.CONTACT)) {
            boolean literal =
                    bytes[uri.hostStart()] == '[' || Literals.isAddress(bytes, uri.hostStart(), uri.hostEnd());
            if (literal && !Literals.is(bytes, uri.hostStart(), uri.hostEnd(), peer)) {
                marks = Mark.CONTACT_ELSEWHERE.in(marks);
            }
            marks |= scanner(bytes);
        }
        return readUri(invite, HeaderId.FROM) ? marks | scanner(bytes) : marks;
    }

    private int scanner(byte[] bytes) {
        boolean scans = uri.hostIs(SCANNER_HOST)
                || (uri.hostIs(NM) && SipText.equalsIgnoreCase(bytes, uri.userStart(), uri.userEnd(), NM));
        return scans ? Mark.SCANNER_ADDRESS.bit() : Mark.NONE;
    }

    private boolean readUri(SipMessage invite, HeaderId header) {
        int line = invite.first(header);
        return line >= 0
                && address.read(invite.bytes(), invite.valueStart(line), invite.valueEnd(line))
                && uri.read(invite.bytes(), address.uriStart(), address.uriEnd())
                && uri.hostEnd() > uri.hostStart();
    }

    private boolean hasPrivateViaBelow(SipMessage invite) {
        byte[] bytes = invite.bytes();
        boolean below = false;
        for (int line = invite.first(HeaderId.VIA); line >= 0; line = invite.next(line)) {
            int to = invite.valueEnd(line);
            for (int at = invite.valueStart(line); at < to; ) {
                int end = Lists.valueEnd(bytes, at, to);
                if (below && via.read(bytes, at, end) && Literals.isPrivate(bytes, via.hostStart(), via.hostEnd())) {
                    return true;
                }
                below = true;
                at = SipText.skipLws(bytes, Math.min(end + 1, to), to);
            }
        }
        return false;
    }

    private static boolean hasVendorHeader(SipMessage invite) {
        byte[] bytes = invite.bytes();
        for (int line = 0; line < invite.headers(); line++) {
            int name = invite.lineStart(line);
            if (invite.id(line) == HeaderId.OTHER && (bytes[name] | 0x20) == 'x') {
                for (byte[] prefix : VENDOR_PREFIXES) {
                    if (SipText.startsWithIgnoreCase(bytes, name, invite.nameEnd(line), prefix)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
