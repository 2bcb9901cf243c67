package org.anticall.ops.sip;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import gov.nist.javax.sip.header.HeaderFactoryImpl;
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

    private static final int MOST_PARTS = 8;
    private static final Pattern SDP_PART = Pattern.compile("(?im)^content-type:\\s*application/sdp\\b");
    private static final ContentTypeHeader SDP = sdp();
    private static final Pattern NAMING_LINES = Pattern.compile("(?m)^a=(?:tool:|ssrc:|msid:|msid-semantic:).*\\R");

    /** The body of {@code message}; null if it has none. */
    static @Nullable Body of(Message message) {
        ContentTypeHeader type = (ContentTypeHeader) message.getHeader(ContentTypeHeader.NAME);
        byte[] bytes = message.getRawContent();
        return type == null || bytes == null || bytes.length == 0 ? null : new Body(type, bytes);
    }

    /**
     * The session description among the parts of a multipart body (RFC 5621), for carriers put ISUP beside it; this body if
     * it is none or has no such part.
     */
    Body session() {
        String boundary = type.getParameter("boundary");
        if (!"multipart".equalsIgnoreCase(type.getContentType()) || boundary == null) {
            return this;
        }
        for (String part : text().split(Pattern.quote("--" + boundary.replace("\"", "")), MOST_PARTS)) {
            int head = part.indexOf("\r\n\r\n");
            if (head >= 0 && SDP_PART.matcher(part.substring(0, head)).find()) {
                return new Body(SDP, part.substring(head + 4).getBytes(ISO_8859_1));
            }
        }
        return this;
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

    /** A session description from its text. */
    static Body session(String text) {
        return new Body(SDP, text.getBytes(ISO_8859_1));
    }

    private static ContentTypeHeader sdp() {
        try {
            return new HeaderFactoryImpl().createContentTypeHeader("application", "sdp");
        } catch (ParseException impossible) {
            throw new IllegalStateException("application/sdp is a type", impossible);
        }
    }

    private byte[] nameless() {
        return isSession() ? NAMING_LINES.matcher(text()).replaceAll("").getBytes(ISO_8859_1) : bytes;
    }
}
