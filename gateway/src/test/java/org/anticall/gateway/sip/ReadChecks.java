package org.anticall.gateway.sip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;

/** What is true of every byte sequence, whoever made it up. */
final class ReadChecks {

    private static final int MAX_HEAD = SipLimits.MAX_HEAD_BYTES;
    private static final int MAX_BODY = SipLimits.MAX_BODY_BYTES;

    private final SipMessage message = new SipMessage(SipLimits.DEFAULT);
    private final SipMessage again = new SipMessage(SipLimits.DEFAULT);
    private final SipEdits edits = new SipEdits();
    private final AssertedIdentity asserted = new AssertedIdentity();
    private final Redirection redirection = new Redirection();
    private final NameAddr address = new NameAddr();
    private final SipUri uri = new SipUri();
    private final UserPart user = new UserPart();

    /** Reads {@code bytes} as a datagram; true if they are a message without fault. */
    boolean asDatagram(byte[] bytes) {
        if (message.read(Unpooled.wrappedBuffer(bytes)) != SipFault.NONE) {
            return false;
        }
        looksInside(bytes.length);
        leavesAsItCame(bytes);
        return true;
    }

    private void looksInside(int length) {
        assertTrue(message.end() <= length);
        assertTrue(message.bodyStart() <= message.end());
        int before = message.startLineEnd();
        for (int line = 0; line < message.headers(); line++) {
            assertEquals(before, message.lineStart(line));
            assertTrue(message.lineStart(line) < message.nameEnd(line));
            assertTrue(message.nameEnd(line) <= message.valueStart(line));
            assertTrue(message.valueStart(line) <= message.valueEnd(line));
            assertTrue(message.valueEnd(line) <= message.lineEnd(line) - 2);
            before = message.lineEnd(line);
            views(line);
        }
        assertEquals(before, message.headersEnd());
        inside(asserted.find(message), length);
        inside(redirection.redirecting(message), length);
        inside(message.topVia().branch(), length);
        inside(message.topVia().received(), length);
        inside(message.topVia().rport(), length);
        Redirection.lastIndex(message);
        message.hasToTag();
    }

    private void views(int line) {
        byte[] bytes = message.bytes();
        int to = message.valueEnd(line);
        for (int at = message.valueStart(line); at < to; ) {
            int end = Lists.valueEnd(bytes, at, to);
            if (address.read(bytes, at, end) && uri.read(bytes, address.uriStart(), address.uriEnd())) {
                assertTrue(at <= address.uriStart() && address.paramsEnd() <= end);
                assertTrue(uri.start() <= uri.userStart() && uri.hostEnd() <= uri.end());
                assertNotNull(user.read(bytes, uri));
            }
            at = end + 1;
        }
    }

    private static void inside(long slice, int length) {
        if (slice != Slice.NONE) {
            assertTrue(Slice.start(slice) <= Slice.end(slice) && Slice.end(slice) <= length);
        }
    }

    /** What no edit covers leaves byte for byte, and is read again alike. */
    private void leavesAsItCame(byte[] bytes) {
        ByteBuf out = edits.clear().apply(message, UnpooledByteBufAllocator.DEFAULT);
        byte[] left = new byte[out.readableBytes()];
        out.readBytes(left).release();
        byte[] came = new byte[left.length];
        System.arraycopy(bytes, message.start(), came, 0, came.length);
        assertArrayEquals(came, left);
        assertEquals(SipFault.NONE, again.read(Unpooled.wrappedBuffer(left)));
        assertEquals(message.headers(), again.headers());
        assertEquals(message.end() - message.start(), again.end() - again.start());
    }

    /** Reads {@code bytes} as a stream, whole and byte by byte: both find the same messages, and their readers agree. */
    void asStream(byte[] bytes) {
        List<Integer> whole = new ArrayList<>();
        StreamFraming framing = new StreamFraming(MAX_HEAD, MAX_BODY);
        ByteBuf all = Unpooled.wrappedBuffer(bytes);
        drain(framing, all, whole, bytes.length);

        List<Integer> piecemeal = new ArrayList<>();
        StreamFraming slow = new StreamFraming(MAX_HEAD, MAX_BODY);
        ByteBuf some = Unpooled.buffer(bytes.length);
        for (byte each : bytes) {
            some.writeByte(each);
            if (!drain(slow, some, piecemeal, bytes.length)) {
                break;
            }
        }
        assertEquals(whole, piecemeal);
    }

    private boolean drain(StreamFraming framing, ByteBuf in, List<Integer> found, int most) {
        while (true) {
            for (int pings = framing.consumeKeepAlives(in); pings > 0; pings--) {
                found.add(0);
            }
            StreamFraming.Found next = in.isReadable() ? framing.find(in) : StreamFraming.Found.MORE;
            if (next == StreamFraming.Found.MORE) {
                return true;
            }
            assertTrue(framing.length() <= most && framing.length() >= 0);
            if (next == StreamFraming.Found.FAULT) {
                found.add(-1 - framing.fault().ordinal());
                return false;
            }
            ByteBuf one = in.readSlice(framing.length());
            found.add(framing.length());
            framing.next();
            if (message.read(one) == SipFault.NONE) {
                // Whoever frames and whoever reads must mean the same body.
                assertEquals(one.readableBytes(), message.end());
            }
        }
    }

    SipMessage message() {
        return message;
    }
}
