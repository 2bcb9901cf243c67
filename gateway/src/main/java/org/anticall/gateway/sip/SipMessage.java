package org.anticall.gateway.sip;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * A view of one SIP message: where its start line, headers and body are. It owns a copy of the bytes and is filled anew
 * for every message, so reading one allocates nothing; what it says holds until the next {@link #read}. Offsets count from
 * 0 into {@link #bytes()}. Owned by one event loop.
 */
public final class SipMessage {

    private static final HeaderId[] IDS = HeaderId.values();

    final SipLimits limits;
    final byte[] bytes;
    int start;
    int end;
    boolean request;
    Method method = Method.OTHER;
    int status;
    int uriStart;
    int uriEnd;
    int startLineEnd;
    int headersEnd;
    int bodyStart;
    boolean answerable;
    boolean emergency;
    long cseq;
    int maxForwards;

    int headers;
    final HeaderId[] id;
    final int[] lineStart;
    final int[] nameEnd;
    final int[] valueStart;
    final int[] valueEnd;
    final int[] lineEnd;
    final int[] firstOf = new int[IDS.length];
    final int[] lastOf = new int[IDS.length];
    final int[] countOf = new int[IDS.length];
    final NameAddr checkAddress = new NameAddr();
    final SipUri checkUri = new SipUri();
    final ViaValue topVia = new ViaValue();
    private final SipScanner scanner;

    public SipMessage(SipLimits limits) {
        this.limits = limits;
        this.bytes = new byte[limits.maxBytes()];
        this.id = new HeaderId[limits.maxHeaders()];
        this.lineStart = new int[limits.maxHeaders()];
        this.nameEnd = new int[limits.maxHeaders()];
        this.valueStart = new int[limits.maxHeaders()];
        this.valueEnd = new int[limits.maxHeaders()];
        this.lineEnd = new int[limits.maxHeaders()];
        this.scanner = new SipScanner(this, bytes);
    }

    /**
     * Copies the readable bytes of {@code datagram}, leaving its indices alone, and indexes them.
     *
     * @return what is wrong with the message, {@link SipFault#NONE} if nothing
     */
    public SipFault read(ByteBuf datagram) {
        int length = datagram.readableBytes();
        clear();
        if (length > limits.maxBytes()) {
            return SipFault.TOO_LONG;
        }
        datagram.getBytes(datagram.readerIndex(), bytes, 0, length);
        end = length;
        SipFault fault = scanner.scan();
        if (fault != SipFault.NONE && fault.status() == 0) {
            return fault;
        }
        SipFault checked = SipChecks.check(this);
        return fault == SipFault.NONE ? checked : fault;
    }

    /**
     * Copies and indexes the beginning of a message that cannot be read whole, up to the last line end in it.
     *
     * @return what else is wrong with it
     */
    public SipFault readHead(ByteBuf head) {
        int length = Math.min(head.readableBytes(), limits.maxBytes() - 2);
        clear();
        head.getBytes(head.readerIndex(), bytes, 0, length);
        while (length > 1 && (bytes[length - 2] != '\r' || bytes[length - 1] != '\n')) {
            length--;
        }
        bytes[length] = '\r';
        bytes[length + 1] = '\n';
        end = length + 2;
        SipFault fault = scanner.scan();
        return fault == SipFault.NONE || fault.status() != 0 ? SipChecks.check(this) : fault;
    }

    private void clear() {
        start = 0;
        end = 0;
        request = false;
        method = Method.OTHER;
        status = 0;
        uriStart = 0;
        uriEnd = 0;
        startLineEnd = 0;
        headersEnd = 0;
        bodyStart = 0;
        answerable = true;
        emergency = false;
        cseq = -1;
        maxForwards = -1;
        headers = 0;
        Arrays.fill(firstOf, -1);
        Arrays.fill(lastOf, -1);
        Arrays.fill(countOf, 0);
    }

    /** The message's bytes from {@link #start()} to {@link #end()}; not to be changed, what lies behind is garbage. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where the message begins: behind any empty lines before it (RFC 3261 §7.5). */
    public int start() {
        return start;
    }

    /** Where the message ends; bytes of the datagram behind its Content-Length are not part of it (RFC 3261 §18.3). */
    public int end() {
        return end;
    }

    public boolean isRequest() {
        return request;
    }

    /** The request's method; of a response, the method in its CSeq. */
    public Method method() {
        return method;
    }

    /** Status code of a response, 100 to 699. */
    public int status() {
        return status;
    }

    public int uriStart() {
        return uriStart;
    }

    public int uriEnd() {
        return uriEnd;
    }

    /** Whether the Request-URI asks for help in an emergency without a number (RFC 5031). */
    public boolean isEmergency() {
        return emergency;
    }

    /** Offset of the first header line. */
    public int startLineEnd() {
        return startLineEnd;
    }

    /** Offset of the empty line behind the headers. */
    public int headersEnd() {
        return headersEnd;
    }

    public int bodyStart() {
        return bodyStart;
    }

    /** Sequence number of the CSeq header, 0 to 2^31-1. */
    public long cseq() {
        return cseq;
    }

    /** Value of Max-Forwards, -1 if there is none. */
    public int maxForwards() {
        return maxForwards;
    }

    /** Whether a faulty request says, without doubt, whom to answer and with which headers. */
    public boolean isAnswerable() {
        return answerable && request && method != Method.ACK && has(HeaderId.VIA);
    }

    /** The first Via value: of a request who sent it, of a response who it is for. Only if the message has no fault. */
    public ViaValue topVia() {
        return topVia;
    }

    /** Count of header lines. */
    public int headers() {
        return headers;
    }

    public boolean has(HeaderId header) {
        return firstOf[header.ordinal()] >= 0;
    }

    /** Index of the first line of that header, -1 if there is none. */
    public int first(HeaderId header) {
        return firstOf[header.ordinal()];
    }

    /** Index of the last line of that header, -1 if there is none. */
    public int last(HeaderId header) {
        return lastOf[header.ordinal()];
    }

    /** Index of the next line of the header that line {@code index} is of, -1 if there is none. */
    public int next(int index) {
        HeaderId header = id[index];
        for (int i = index + 1, last = last(header); i <= last; i++) {
            if (id[i] == header) {
                return i;
            }
        }
        return -1;
    }

    public HeaderId id(int index) {
        return id[index];
    }

    public int lineStart(int index) {
        return lineStart[index];
    }

    /** Behind the line end, folded lines included. */
    public int lineEnd(int index) {
        return lineEnd[index];
    }

    public int nameEnd(int index) {
        return nameEnd[index];
    }

    /** Where the value begins, leading white space skipped. */
    public int valueStart(int index) {
        return valueStart[index];
    }

    /** Where the value ends, trailing white space and line end left out. */
    public int valueEnd(int index) {
        return valueEnd[index];
    }

    /** Whether the To header carries a tag: the request is in a dialog. */
    public boolean hasToTag() {
        return tag(HeaderId.TO) != Slice.NONE;
    }

    /** The tag in the first header of that kind, From or To; {@link Slice#NONE} if there is none. */
    public long tag(HeaderId party) {
        int line = first(party);
        return line < 0 ? Slice.NONE : Params.find(bytes, valueStart[line], valueEnd[line], Params.TAG);
    }

    /** For logs and records: the value of the first such header, empty if there is none. */
    public String text(HeaderId header) {
        int index = first(header);
        return index < 0 ? "" : SipText.string(bytes, valueStart[index], valueEnd[index]);
    }

    @Override
    public String toString() {
        return SipText.string(bytes, start, end);
    }
}
