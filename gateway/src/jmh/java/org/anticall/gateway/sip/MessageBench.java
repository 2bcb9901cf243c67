package org.anticall.gateway.sip;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What reading an INVITE of some 900 bytes costs, and forwarding it with the edits every proxy makes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MessageBench {

    /** An INVITE as carriers send them. */
    public static final byte[] INVITE =
            """
            INVITE sip:+77172555555@127.0.0.1:5060;user=phone SIP/2.0\r
            Via: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bK0000000000000000\r
            From: "Caller" <sip:+442071234567@carrier.example>;tag=f1\r
            To: <sip:+77172555555@127.0.0.1:5060>\r
            Call-ID: 0000000000000000@carrier.example\r
            CSeq: 1 INVITE\r
            Contact: <sip:+442071234567@127.0.0.1:5070>\r
            P-Asserted-Identity: <sip:+442071234567@carrier.example;user=phone>\r
            Max-Forwards: 70\r
            User-Agent: bench\r
            Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, PRACK, UPDATE\r
            Supported: 100rel, timer\r
            Content-Type: application/sdp\r
            Content-Length: 248\r
            \r
            v=0\r
            o=user1 53655765 2353687637 IN IP4 127.0.0.1\r
            s=-\r
            c=IN IP4 127.0.0.1\r
            t=0 0\r
            m=audio 20000 RTP/AVP 8 0 18 101\r
            a=rtpmap:8 PCMA/8000\r
            a=rtpmap:0 PCMU/8000\r
            a=rtpmap:18 G729/8000\r
            a=rtpmap:101 telephone-event/8000\r
            a=fmtp:101 0-16\r
            a=ptime:20\r
            """
                    .getBytes(StandardCharsets.US_ASCII);

    private static final byte[] VIA = SipText.bytes("Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK1\r\n");
    private static final byte[] ROUTE = SipText.bytes("Record-Route: <sip:127.0.0.1:5060;lr>\r\n");

    private final ByteBuf datagram =
            PooledByteBufAllocator.DEFAULT.directBuffer().writeBytes(INVITE);
    private final SipMessage message = new SipMessage(SipLimits.DEFAULT);
    private final SipEdits edits = new SipEdits();

    @Benchmark
    public SipFault scan() {
        return message.read(datagram);
    }

    @Benchmark
    public int scanAndForward() {
        message.read(datagram);
        int via = message.lineStart(message.first(HeaderId.VIA));
        int hops = message.first(HeaderId.MAX_FORWARDS);
        edits.clear().insert(via).put(VIA).put(ROUTE);
        edits.replace(message.valueStart(hops), message.valueEnd(hops)).put(message.maxForwards() - 1);
        ByteBuf out = edits.apply(message, PooledByteBufAllocator.DEFAULT);
        int length = out.readableBytes();
        out.release();
        return length;
    }

    @TearDown
    public void release() {
        datagram.release();
    }
}
