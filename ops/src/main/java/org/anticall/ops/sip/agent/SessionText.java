package org.anticall.ops.sip.agent;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sip.message.Message;
import org.anticall.ops.sip.SipEndpoint;
import org.jspecify.annotations.Nullable;

/** The little SDP (RFC 8866) the agents speak: one G.711 audio stream, and a session name. */
final class SessionText {

    /** Who says nothing listens here, which means nowhere (RFC 863). */
    private static final int DISCARD_PORT = 9;

    private static final int LAST_PORT = 65_535;

    private static final Pattern ADDRESS = Pattern.compile("^c=IN IP4 ([0-9.]+)", Pattern.MULTILINE);
    private static final Pattern PORT = Pattern.compile("^m=audio ([0-9]{1,5}) ", Pattern.MULTILINE);

    private SessionText() {}

    /** Puts a session of that name at the endpoint's address into {@code message}; without {@code speech} it is silent. */
    static void set(Message message, String session, SipEndpoint endpoint, @Nullable Speech speech)
            throws ParseException {
        message.setContent(
                text(endpoint.address(), session, speech == null ? DISCARD_PORT : speech.port()),
                endpoint.headers().createContentTypeHeader("application", "sdp"));
    }

    /** The session name in the message's body, empty if it has none. */
    static String nameIn(Message message) {
        return textIn(message)
                .lines()
                .filter(line -> line.startsWith("s="))
                .map(line -> line.substring(2))
                .findFirst()
                .orElse("");
    }

    /** Where the sender of the message wants to hear the sound; null if nowhere, or if the message does not tell. */
    static @Nullable InetSocketAddress listenerIn(Message message) {
        String text = textIn(message);
        Matcher address = ADDRESS.matcher(text);
        Matcher port = PORT.matcher(text);
        if (!address.find() || !port.find()) {
            return null;
        }
        int number = Integer.parseInt(port.group(1));
        return number == 0 || number == DISCARD_PORT || number > LAST_PORT
                ? null
                : new InetSocketAddress(address.group(1), number);
    }

    private static String textIn(Message message) {
        byte @Nullable [] body = message.getRawContent();
        return body == null ? "" : new String(body, StandardCharsets.UTF_8);
    }

    private static String text(String address, String session, int port) {
        return String.join(
                "\r\n",
                "v=0",
                "o=- " + Integer.toUnsignedString(session.hashCode()) + " 1 IN IP4 " + address,
                "s=" + session,
                "c=IN IP4 " + address,
                "t=0 0",
                "m=audio " + port + " RTP/AVP 8 0 101",
                "a=rtpmap:8 PCMA/8000",
                "a=rtpmap:0 PCMU/8000",
                "a=rtpmap:101 telephone-event/8000",
                "a=fmtp:101 0-16",
                "a=ptime:20",
                "");
    }
}
