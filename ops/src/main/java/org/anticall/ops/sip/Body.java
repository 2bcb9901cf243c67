package org.anticall.ops.sip;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.text.ParseException;
import java.util.regex.Pattern;
import javax.sip.header.ContentTypeHeader;
import javax.sip.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * The body of a message, for the desk a session description. It is passed on as it came, but for the lines that name the
 * program or the account at the far end ({@code a=tool}, RFC 8866 §6.3; {@code a=ssrc}, RFC 5576 §4.1; {@code a=msid}, RFC 8830, which only browsers write): neither
 * side is to learn who is on the other one.
 *
 * @param type its Content-Type
 * @param bytes the bytes themselves; not to be changed
 */
record Body(ContentTypeHeader type, byte[] bytes) {

    private static final Pattern NAMING_LINES = Pattern.compile("(?m)^a=(?:tool:|ssrc:|msid:|msid-semantic:).*\\R");

    /** The body of {@code message}; null if it has none. */
    static @Nullable Body of(Message message) {
        ContentTypeHeader type = (ContentTypeHeader) message.getHeader(ContentTypeHeader.NAME);
        byte[] bytes = message.getRawContent();
        return type == null || bytes == null || bytes.length == 0 ? null : new Body(type, bytes);
    }

    /** Puts {@code body} into {@code message}; null puts nothing. */
    static void put(@Nullable Body body, Message message) throws ParseException {
        if (body != null) {
            message.setContent(body.nameless(), (ContentTypeHeader) body.type().clone());
        }
    }

    /** Whether it is a session description (RFC 8866). */
    boolean isSession() {
        return "sdp".equalsIgnoreCase(type.getContentSubType());
    }

    /** Its bytes as characters, one each. */
    String text() {
        return new String(bytes, ISO_8859_1);
    }

    private byte[] nameless() {
        return isSession() ? NAMING_LINES.matcher(text()).replaceAll("").getBytes(ISO_8859_1) : bytes;
    }
}
