package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.anticall.gateway.Torture;
import org.anticall.gateway.config.Hop;
import org.anticall.gateway.config.Transport;
import org.anticall.gateway.sip.SipFault;
import org.anticall.gateway.sip.SipLimits;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.rules.call.Verdict;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every message of RFC 4475 and RFC 5118: how it is read, and what becomes of it on real sockets. */
@Timeout(60)
class TortureTest {

    private static final int FORWARDED = 0;
    private static final int SILENCE = -1;
    private static final Pattern SENT_BY = Pattern.compile("SIP\\s*/\\s*\\d\\.\\d\\s*/\\s*\\w+\\s+([^\\s;,]+)");
    private static PathFixture net;

    /**
     * One message.
     *
     * @param name its file
     * @param fault what the reader says
     * @param answer status of the answer, 0 if the next hop gets it, -1 if nothing happens
     */
    record Row(String name, SipFault fault, int answer) {

        @Override
        public String toString() {
            return name;
        }

        byte[] bytes() {
            return Torture.message(name);
        }
    }

    /** REGISTER, MESSAGE and unknown methods outside of a dialog are not this gateway's business: 405. OPTIONS is: 200. */
    static Stream<Row> rows() {
        return Stream.of(
                // A To-tag without a Route of ours: 481. How it is forwarded without the tag: see below.
                new Row("rfc4475/3.1.1.1-wsinv", SipFault.NONE, 481),
                // Legal, but with NUL: a reader that stops there sees another message.
                new Row("rfc4475/3.1.1.2-intmeth", SipFault.CONTROL_CHARACTER, 400),
                new Row("rfc4475/3.1.1.3-esc01", SipFault.NONE, FORWARDED),
                new Row("rfc4475/3.1.1.4-escnull", SipFault.NONE, 405),
                new Row("rfc4475/3.1.1.5-esc02", SipFault.NONE, 405),
                new Row("rfc4475/3.1.1.6-lwsdisp", SipFault.NONE, 200),
                new Row("rfc4475/3.1.1.7-longreq", SipFault.NONE, FORWARDED),
                new Row("rfc4475/3.1.1.8-dblreq", SipFault.NONE, 405),
                new Row("rfc4475/3.1.1.9-semiuri", SipFault.NONE, 200),
                new Row("rfc4475/3.1.1.10-transports", SipFault.NONE, 200),
                new Row("rfc4475/3.1.1.11-mpart01", SipFault.NONE, 405),
                new Row("rfc4475/3.1.1.12-unreason", SipFault.NONE, SILENCE),
                new Row("rfc4475/3.1.1.13-noreason", SipFault.NONE, SILENCE),
                new Row("rfc4475/3.1.2.1-badinv01", SipFault.VIA, 400),
                new Row("rfc4475/3.1.2.2-clerr", SipFault.CONTENT_LENGTH, 400),
                new Row("rfc4475/3.1.2.3-ncl", SipFault.CONTENT_LENGTH, 400),
                new Row("rfc4475/3.1.2.4-scalar02", SipFault.CSEQ, 400),
                new Row("rfc4475/3.1.2.5-scalarlg", SipFault.CSEQ, SILENCE),
                new Row("rfc4475/3.1.2.6-quotbal", SipFault.TO, 400),
                new Row("rfc4475/3.1.2.7-ltgtruri", SipFault.REQUEST_URI, 400),
                new Row("rfc4475/3.1.2.8-lwsruri", SipFault.REQUEST_URI, 400),
                new Row("rfc4475/3.1.2.9-lwsstart", SipFault.REQUEST_URI, 400),
                new Row("rfc4475/3.1.2.10-trws", SipFault.REQUEST_LINE, 400),
                new Row("rfc4475/3.1.2.11-escruri", SipFault.REQUEST_URI, 400),
                new Row("rfc4475/3.1.2.12-baddate", SipFault.NONE, FORWARDED),
                new Row("rfc4475/3.1.2.13-regbadct", SipFault.UNBRACKETED, 400),
                new Row("rfc4475/3.1.2.14-badaspec", SipFault.TO, 400),
                new Row("rfc4475/3.1.2.15-baddn", SipFault.FROM, 400),
                new Row("rfc4475/3.1.2.16-badvers", SipFault.VERSION, 505),
                new Row("rfc4475/3.1.2.17-mismatch01", SipFault.CSEQ_METHOD, 400),
                new Row("rfc4475/3.1.2.18-mismatch02", SipFault.CSEQ_METHOD, 400),
                new Row("rfc4475/3.1.2.19-bigcode", SipFault.NO_START_LINE, SILENCE),
                new Row("rfc4475/3.2.1-badbranch", SipFault.NONE, 200),
                new Row("rfc4475/3.3.1-insuf", SipFault.CALL_ID, 400),
                new Row("rfc4475/3.3.2-unkscm", SipFault.URI_SCHEME, 416),
                new Row("rfc4475/3.3.3-novelsc", SipFault.URI_SCHEME, 416),
                new Row("rfc4475/3.3.4-unksm2", SipFault.NONE, 405),
                new Row("rfc4475/3.3.5-bext01", SipFault.NONE, 420),
                new Row("rfc4475/3.3.6-invut", SipFault.NONE, FORWARDED),
                new Row("rfc4475/3.3.7-regaut01", SipFault.NONE, 405),
                new Row("rfc4475/3.3.8-multi01", SipFault.TWICE, 400),
                new Row("rfc4475/3.3.9-mcl01", SipFault.TWICE, 400),
                new Row("rfc4475/3.3.10-bcast", SipFault.NONE, SILENCE),
                new Row("rfc4475/3.3.11-zeromf", SipFault.NONE, 200),
                new Row("rfc4475/3.3.12-cparam01", SipFault.NONE, 405),
                new Row("rfc4475/3.3.13-cparam02", SipFault.NONE, 405),
                new Row("rfc4475/3.3.14-regescrt", SipFault.NONE, 405),
                new Row("rfc4475/3.3.15-sdp01", SipFault.NONE, FORWARDED),
                new Row("rfc4475/3.4.1-inv2543", SipFault.NONE, FORWARDED),
                new Row("rfc5118/4.1-ipv6-good", SipFault.NONE, 405),
                new Row("rfc5118/4.2-ipv6-bad", SipFault.REQUEST_URI, 400),
                new Row("rfc5118/4.3-port-ambiguous", SipFault.NONE, 405),
                new Row("rfc5118/4.4-port-unambiguous", SipFault.NONE, 405),
                new Row("rfc5118/4.5-via-received-param-with-delim", SipFault.NONE, 481),
                new Row("rfc5118/4.5-via-received-param-no-delim", SipFault.NONE, 200),
                new Row("rfc5118/4.6-ipv6-in-sdp", SipFault.NONE, FORWARDED),
                new Row("rfc5118/4.7-mult-ip-in-header", SipFault.NONE, 481),
                new Row("rfc5118/4.8-mult-ip-in-sdp", SipFault.NONE, FORWARDED),
                new Row("rfc5118/4.9-ipv4-mapped-ipv6", SipFault.NONE, FORWARDED),
                new Row("rfc5118/4.10-ipv6-bug-abnf-3-colons", SipFault.NONE, 200));
    }

    @BeforeAll
    static void start() throws IOException {
        net = start(new PathFixture());
    }

    private static PathFixture start(PathFixture fixture) throws IOException {
        fixture.transports = List.of(Transport.UDP, Transport.TCP);
        fixture.coreHops = List.of(new Hop(fixture.core.address(), Transport.UDP));
        fixture.judge = facts -> PathFixture.decision(new Verdict.Pass());
        return fixture.start();
    }

    @AfterAll
    static void stop() {
        net.close();
    }

    @Test
    void everyFileHasItsRow() {
        assertEquals(Torture.names(), rows().map(Row::name).sorted().toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void asItIsRead(Row row) {
        SipMessage message = new SipMessage(SipLimits.DEFAULT);
        assertEquals(row.fault, message.read(Unpooled.wrappedBuffer(row.bytes())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void asADatagram(Row row) throws IOException {
        // The messages share branches, so each comes from a sender of its own.
        try (SipPeer carrier = new SipPeer("carrier")) {
            String sent = from(row.bytes(), SipPeer.text(carrier.address()));
            carrier.send(net.gateway(), latin(sent));
            if (row.answer == FORWARDED) {
                carrier.expect("SIP/2.0 100");
                assertForwarded(sent, "", net.core.receiveLatin());
            } else if (row.answer == SILENCE) {
                carrier.expectNothingFrom(net.gateway());
            } else {
                carrier.expect("SIP/2.0 " + row.answer);
            }
        }
        net.core.expectNothingFrom(net.gateway());
    }

    static Stream<Row> rowsForStreams() {
        return rows().filter(row -> !row.name.endsWith("clerr"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rowsForStreams")
    void onAStream(Row row) throws IOException {
        try (StreamPeer carrier = StreamPeer.connect(net.gateway(Transport.TCP))) {
            String sent = from(row.bytes(), carrier.text());
            carrier.send(latin(sent));
            String port = carrier.text().substring(carrier.text().indexOf(':') + 1);
            String said = ";received=127.0.0.1;rport=" + port;
            if (row.name.endsWith("inv2543")) {
                carrier.expect("SIP/2.0 400 Missing Content-Length");
                carrier.expectEnd();
            } else if (row.name.endsWith("dblreq")) {
                carrier.expect("SIP/2.0 405");
                carrier.expect("SIP/2.0 100");
                net.core.expect("INVITE sip:joe@example.com");
            } else if (row.answer == FORWARDED) {
                carrier.expect("SIP/2.0 100");
                assertForwarded(sent, said, net.core.receiveLatin());
            } else if (row.answer == SILENCE) {
                carrier.send(net.invite(carrier, "TCP", "fence").replace("INVITE", "OPTIONS"));
                assertEquals("fence", SipPeer.value(carrier.expect("SIP/2.0 200"), "Call-ID"));
            } else {
                carrier.expect("SIP/2.0 " + row.answer);
            }
        }
        net.core.expectNothingFrom(net.gateway());
    }

    /** RFC 4475 §3.1.2.2: on a stream the rest may still come; it is not waited for without end. */
    @Test
    void aStreamThatPromisesMoreThanItSendsIsClosed() throws IOException {
        try (PathFixture alone = start(new PathFixture());
                StreamPeer carrier = StreamPeer.connect(alone.gateway(Transport.TCP))) {
            carrier.send(Torture.message("rfc4475/3.1.2.2-clerr"));
            alone.passUntil(
                    "the sender is too slow",
                    Duration.ofSeconds(6),
                    () -> alone.path.counters().transport().slowSenders.sum() == 1);
            carrier.expectEnd();
        }
    }

    /** RFC 4475 §3.1.1.1: as the first request of a call, it goes on with its folds, spaces and compact forms. */
    @Test
    void theTortuousInviteGoesOnAsItIs() {
        String sent = from(Torture.message("rfc4475/3.1.1.1-wsinv"), SipPeer.text(net.carrier.address()))
                .replace(";   tag    = 1918181833n", "");
        net.carrier.send(net.gateway(), latin(sent));
        net.carrier.expect("SIP/2.0 100");
        assertForwarded(sent, "", net.core.receiveLatin());
    }

    /** RFC 4475 §3.1.1.12 and §3.1.1.13: a reason phrase is nobody's business. */
    @Test
    void reasonPhrasesReachTheCaller() {
        for (String name : List.of("rfc4475/3.1.1.12-unreason", "rfc4475/3.1.1.13-noreason")) {
            String line = new String(Torture.message(name), StandardCharsets.ISO_8859_1).split("\r\n", 2)[0];
            String reason = line.substring("SIP/2.0 200".length());
            net.carrierSends(net.invite("reason-" + name.charAt(name.length() - 8)));
            net.carrier.expect("SIP/2.0 100");
            String answer =
                    SipPeer.response(net.core.expect("INVITE"), 486, "x", "t1").replace("486 x", "486" + reason);
            net.core.send(net.gateway(), latin(answer));
            net.core.expect("ACK");
            String arrived = net.carrier.receiveLatin();
            assertTrue(arrived.startsWith("SIP/2.0 486" + reason + "\r\n"), arrived);
        }
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The message with the sender's own address in its first Via, so that answers reach it. */
    private static String from(byte[] message, String sentBy) {
        String text = new String(message, StandardCharsets.ISO_8859_1);
        Matcher via = SENT_BY.matcher(text);
        return text.startsWith("SIP/") || !via.find()
                ? text
                : text.substring(0, via.start(1)) + sentBy + text.substring(via.end(1));
    }

    /** What went on is what came, but for what a proxy has to add and to count. */
    private static void assertForwarded(String sent, String addedToVia, String forwarded) {
        List<String> before = lines(sent);
        List<String> after = lines(forwarded);
        assertEquals(
                addedToVia.isEmpty() ? 2 : 3,
                after.stream().filter(TortureTest::isOurs).count(),
                forwarded);
        boolean via = false;
        boolean counted = false;
        for (int i = 1; i < before.size(); i++) {
            String name = before.get(i).split(":", 2)[0].strip().toLowerCase(Locale.ROOT);
            if (!via && (name.equals("via") || name.equals("v"))) {
                via = true;
                int end = before.get(i).indexOf(',');
                String top = end < 0
                        ? before.get(i)
                        : before.get(i).substring(0, end).stripTrailing();
                before.set(i, top + addedToVia + before.get(i).substring(top.length()));
            } else if (name.equals("max-forwards")) {
                counted = true;
                int hops = Integer.parseInt(before.get(i).split(":", 2)[1].strip());
                before.set(i, before.get(i).replaceFirst("\\d+", Integer.toString(hops - 1)));
            }
        }
        if (!counted) {
            before.add("Max-Forwards: 70");
        }
        // The order of our lines among the others is ours; all others keep theirs.
        after.removeIf(TortureTest::isOurs);
        assertEquals(String.join("\n", before), String.join("\n", after));
        assertEquals(body(sent), body(forwarded));
    }

    private static boolean isOurs(String line) {
        return line.contains("z9hG4bKacj") || line.contains(";lr;at=");
    }

    private static List<String> lines(String message) {
        String head = message.substring(0, message.indexOf("\r\n\r\n"));
        return new ArrayList<>(Arrays.asList(head.split("\r\n(?![ \t])")));
    }

    private static String body(String message) {
        return message.substring(message.indexOf("\r\n\r\n"));
    }
}
