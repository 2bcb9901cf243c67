package org.anticall.ops.sip.agent;

import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import javax.sip.message.Message;
import org.anticall.ops.sip.SipEndpoint;
import org.jspecify.annotations.Nullable;

/** The little SDP (RFC 8866) the agents speak: one G.711 audio stream that is never really sent, and a session name. */
final class SessionText {

    private static final int DISCARD_PORT = 9;

    private SessionText() {}

    /** Puts a session of that name at the endpoint's address into {@code message}. */
    static void set(Message message, String session, SipEndpoint endpoint) throws ParseException {
        message.setContent(
                text(endpoint.address(), session), endpoint.headers().createContentTypeHeader("application", "sdp"));
    }

    /** The session name in the message's body, empty if it has none. */
    static String nameIn(Message message) {
        byte @Nullable [] body = message.getRawContent();
        if (body == null) {
            return "";
        }
        return new String(body, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("s="))
                .map(line -> line.substring(2))
                .findFirst()
                .orElse("");
    }

    private static String text(String address, String session) {
        return String.join(
                "\r\n",
                "v=0",
                "o=- " + Integer.toUnsignedString(session.hashCode()) + " 1 IN IP4 " + address,
                "s=" + session,
                "c=IN IP4 " + address,
                "t=0 0",
                "m=audio " + DISCARD_PORT + " RTP/AVP 8 0 101",
                "a=rtpmap:8 PCMA/8000",
                "a=rtpmap:0 PCMU/8000",
                "a=rtpmap:101 telephone-event/8000",
                "a=fmtp:101 0-16",
                "a=ptime:20",
                "");
    }
}
