package org.anticall.gateway.path;

import org.anticall.gateway.sip.HeaderId;
import org.anticall.gateway.sip.NameAddr;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipText;
import org.anticall.gateway.sip.SipUri;

/**
 * Programs that go through the world's addresses looking for SIP, known by the names they give themselves. They get no
 * answer at all: any answer tells them that somebody is there. Where such a request comes on a trunk, the trunk is not to
 * blame and goes on as before. Reused scratch views; owned by one event loop.
 */
final class Scanners {

    private static final byte[][] AGENTS = {
        SipText.bytes("friendly-scanner"),
        SipText.bytes("friendly-request"),
        SipText.bytes("sipvicious"),
        SipText.bytes("sipcli"),
        SipText.bytes("vaxsipuseragent"),
        SipText.bytes("sip call"),
        SipText.bytes("simplesip"),
        SipText.bytes("sundayddr"),
        SipText.bytes("sip-scan"),
        SipText.bytes("sipscan"),
        SipText.bytes("siparmyknife"),
        SipText.bytes("pplsip"),
        SipText.bytes("iwar"),
        SipText.bytes("smap"),
    };
    private static final byte[] SIPVICIOUS = SipText.bytes("\"sipvicious\"");
    private static final byte[][] USERS = {SipText.bytes("100"), SipText.bytes("nm"), SipText.bytes("nm2")};
    private static final byte[][] HOSTS = {SipText.bytes("1.1.1.1"), SipText.bytes("nm"), SipText.bytes("nm2")};

    private final NameAddr address = new NameAddr();
    private final SipUri uri = new SipUri();

    /** Whether a scanner sent {@code request}. */
    boolean sent(SipMessage request) {
        int agent = request.first(HeaderId.USER_AGENT);
        return (agent >= 0 && isAgent(request, agent))
                || isParty(request, HeaderId.FROM)
                || isParty(request, HeaderId.TO);
    }

    private static boolean isAgent(SipMessage request, int line) {
        int from = request.valueStart(line);
        int to = request.valueEnd(line);
        for (byte[] name : AGENTS) {
            if (SipText.startsWithIgnoreCase(request.bytes(), from, to, name)) {
                return true;
            }
        }
        return false;
    }

    /** {@code sip:100@1.1.1.1}, {@code sip:nm@nm}, or whoever calls itself sipvicious. */
    private boolean isParty(SipMessage request, HeaderId header) {
        byte[] bytes = request.bytes();
        int line = request.first(header);
        if (line < 0
                || !address.read(bytes, request.valueStart(line), request.valueEnd(line))
                || !uri.read(bytes, address.uriStart(), address.uriEnd())) {
            return false;
        }
        if (SipText.equalsIgnoreCase(bytes, address.displayStart(), address.displayEnd(), SIPVICIOUS)) {
            return true;
        }
        for (int i = 0; i < USERS.length; i++) {
            if (uri.hostIs(HOSTS[i]) && SipText.equals(bytes, uri.userStart(), uri.userEnd(), USERS[i])) {
                return true;
            }
        }
        return false;
    }
}
