package org.anticall.gateway.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.StringMsgParser;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.sip.address.URI;
import org.anticall.gateway.Torture;
import org.junit.jupiter.api.Test;

/**
 * Where our reader and JAIN-SIP's parser both take a mutated message, they must agree on every field that decides over a
 * call: two readers that differ about a message are how a call is smuggled past a screen. Where one of them refuses, no
 * harm is done. What may differ stands in {@link #isAllowed}, each with its reason.
 */
class OtherParserTest {

    private static final int ROUNDS = 40_000;
    private static final int MOST_SHOWN = 3;

    private final SipMessage message = new SipMessage(SipLimits.DEFAULT);
    private final StringMsgParser parser = new StringMsgParser();
    private final NameAddr address = new NameAddr();
    private final org.anticall.gateway.sip.SipUri uri = new org.anticall.gateway.sip.SipUri();
    private final Map<String, Integer> differences = new TreeMap<>();
    private final List<String> shown = new ArrayList<>();

    @Test
    void bothMeanTheSameByWhatBothTake() {
        Mutations mutations = new Mutations(5);
        List<String> seeds = new ArrayList<>();
        seeds.add(Texts.INVITE.replace("\n", "\r\n"));
        seeds.add(Texts.INVITE
                .replace("<sip:+77172555555@y>", "tel:+77172555555;tag=t")
                .replace("\n", "\r\n"));
        for (String name : List.of("3.1.1.3-esc01", "3.1.1.8-dblreq", "3.1.1.10-transports", "3.3.15-sdp01")) {
            seeds.add(new String(Torture.message("rfc4475/" + name), StandardCharsets.ISO_8859_1));
        }
        int compared = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String text = mutations.of(seeds.get(round % seeds.size()), 2);
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            if (message.read(Unpooled.wrappedBuffer(bytes)) != SipFault.NONE || !message.isRequest()) {
                continue;
            }
            SIPRequest other = parsed(bytes);
            if (other != null) {
                compared++;
                compare(text, other);
            }
        }
        assertEquals(List.of(), shown, differences::toString);
        assertTrue(compared > 10_000, "compared " + compared);
    }

    private SIPRequest parsed(byte[] bytes) {
        try {
            SIPMessage other = parser.parseSIPMessage(bytes, true, false, (exception, sip, type, header, whole) -> {
                throw exception;
            });
            boolean whole = other instanceof SIPRequest request
                    && request.getCallId() != null
                    && request.getCSeq() != null
                    && request.getFrom() != null
                    && request.getTo() != null
                    && request.getTopmostVia() != null
                    && request.getRequestURI() != null;
            return whole ? (SIPRequest) other : null;
        } catch (Exception | StackOverflowError refused) {
            return null;
        }
    }

    private void compare(String text, SIPRequest other) {
        Map<String, Object[]> fields = new LinkedHashMap<>();
        fields.put("method", pair(string(message.start(), message.uriStart() - 1), other.getMethod()));
        fields.put("cseq", pair(message.cseq(), other.getCSeq().getSeqNumber()));
        fields.put(
                "call-id",
                pair(message.text(HeaderId.CALL_ID), other.getCallId().getCallId()));
        uri.read(message.bytes(), message.uriStart(), message.uriEnd());
        put(fields, "request", other.getRequestURI());
        party(fields, "from", HeaderId.FROM, other.getFrom().getAddress().getURI(), other.getFromTag());
        party(fields, "to", HeaderId.TO, other.getTo().getAddress().getURI(), other.getToTag());
        via(fields, other);
        if (message.has(HeaderId.MAX_FORWARDS) && other.getMaxForwards() != null) {
            fields.put(
                    "max-forwards",
                    pair(message.maxForwards(), other.getMaxForwards().getMaxForwards()));
        }
        fields.forEach((field, values) -> {
            if (!Objects.equals(values[0], values[1]) && !isAllowed(field, values[0], values[1])) {
                if (differences.merge(field, 1, Integer::sum) <= MOST_SHOWN) {
                    shown.add(field + ": ours " + values[0] + ", theirs " + values[1] + " in\n" + text);
                }
            }
        });
    }

    private void party(Map<String, Object[]> fields, String name, HeaderId header, URI theirs, String tag) {
        int line = message.first(header);
        byte[] bytes = message.bytes();
        address.read(bytes, message.valueStart(line), message.valueEnd(line));
        long ours = Params.find(bytes, address.paramsStart(), address.paramsEnd(), Params.TAG);
        fields.put(name + "-tag", pair(ours == Slice.NONE ? null : Texts.text(message, ours), tag));
        uri.read(bytes, address.uriStart(), address.uriEnd());
        put(fields, name, theirs);
    }

    private void put(Map<String, Object[]> fields, String name, URI theirs) {
        if (theirs instanceof SipUri sip) {
            String user = string(uri.userStart(), uri.userEnd());
            fields.put(name + "-user", pair(user.isEmpty() ? null : user, sip.getUser()));
            fields.put(name + "-host", pair(lower(string(uri.hostStart(), uri.hostEnd())), lower(sip.getHost())));
            fields.put(name + "-port", pair(uri.port(), sip.getPort()));
        }
    }

    private void via(Map<String, Object[]> fields, SIPRequest other) {
        ViaValue via = message.topVia();
        fields.put(
                "via-host",
                pair(
                        lower(string(via.hostStart(), via.hostEnd())),
                        lower(other.getTopmostVia().getHost())));
        int port = other.getTopmostVia().getPort();
        if (port > 0) {
            fields.put("via-port", pair(via.port(), port));
        }
        fields.put(
                "branch",
                pair(
                        Slice.isPresent(via.branch()) ? Texts.text(message, via.branch()) : null,
                        other.getTopmostVia().getBranch()));
        fields.put(
                "via-count",
                pair(Lists.count(message, HeaderId.VIA), other.getViaHeaders().size()));
    }

    /** What may differ, and why. */
    private static boolean isAllowed(String field, Object ours, Object theirs) {
        // Parameters of a user part: the other parser counts them to the user, ours leaves them out before it reads the
        // number, as RFC 3261 §19.1.6 has it for telephone numbers.
        boolean userParameters =
                field.endsWith("-user") && String.valueOf(theirs).startsWith(ours + ";");
        return userParameters;
    }

    private static Object[] pair(Object ours, Object theirs) {
        return new Object[] {ours, theirs};
    }

    private String string(int from, int to) {
        return SipText.string(message.bytes(), from, to);
    }

    private static String lower(String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
