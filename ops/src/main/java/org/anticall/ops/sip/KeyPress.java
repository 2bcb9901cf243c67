package org.anticall.ops.sip;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sip.header.ContentTypeHeader;
import javax.sip.message.Request;

/**
 * A key of a phone as INFO tells it: {@code application/dtmf-relay} with {@code Signal=*}, or {@code application/dtmf} with
 * the key alone. Keys ten and eleven are {@code *} and {@code #} (RFC 4733 §3.2).
 */
final class KeyPress {

    private static final Pattern SIGNAL = Pattern.compile("(?im)^\\s*signal\\s*=\\s*([0-9*#]{1,2})\\s*$");
    private static final Pattern ALONE = Pattern.compile("\\s*([0-9*#]{1,2})\\s*");
    private static final int LONGEST = 256;

    private KeyPress() {}

    /** The key that {@code info} tells of, one character; empty if it tells of none. */
    static String of(Request info) {
        ContentTypeHeader type = (ContentTypeHeader) info.getHeader(ContentTypeHeader.NAME);
        byte[] body = info.getRawContent();
        if (type == null || body == null || body.length > LONGEST || !"application".equals(type.getContentType())) {
            return "";
        }
        String text = new String(body, StandardCharsets.ISO_8859_1);
        boolean relay = "dtmf-relay".equalsIgnoreCase(type.getContentSubType());
        if (!relay && !"dtmf".equalsIgnoreCase(type.getContentSubType())) {
            return "";
        }
        Matcher key = (relay ? SIGNAL : ALONE).matcher(text);
        return (relay ? key.find() : key.matches()) ? named(key.group(1)) : "";
    }

    private static String named(String key) {
        return switch (key) {
            case "10" -> "*";
            case "11" -> "#";
            default -> key.length() == 1 ? key : "";
        };
    }
}
