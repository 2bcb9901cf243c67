package org.anticall.ops.sip;

import java.text.ParseException;
import javax.sip.header.ContentTypeHeader;
import javax.sip.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * The body of a message, for the desk a session description that it passes on as it came.
 *
 * @param type its Content-Type
 * @param bytes the bytes themselves; not to be changed
 */
record Body(ContentTypeHeader type, byte[] bytes) {

    /** The body of {@code message}; null if it has none. */
    static @Nullable Body of(Message message) {
        ContentTypeHeader type = (ContentTypeHeader) message.getHeader(ContentTypeHeader.NAME);
        byte[] bytes = message.getRawContent();
        return type == null || bytes == null || bytes.length == 0 ? null : new Body(type, bytes);
    }

    /** Puts {@code body} into {@code message}; null puts nothing. */
    static void put(@Nullable Body body, Message message) throws ParseException {
        if (body != null) {
            message.setContent(body.bytes(), (ContentTypeHeader) body.type().clone());
        }
    }
}
