package org.anticall.gateway.path;

import org.anticall.gateway.sip.HeaderId;
import org.anticall.gateway.sip.Lists;
import org.anticall.gateway.sip.NameAddr;
import org.anticall.gateway.sip.SipEdits;
import org.anticall.gateway.sip.SipLimits;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipText;
import org.anticall.gateway.sip.SipUri;
import org.anticall.gateway.sip.Slice;
import org.anticall.gateway.transport.Port;
import org.jspecify.annotations.Nullable;

/**
 * The way a request still has before it: its Route values and its Request-URI, with what strict routers did to them undone
 * and what they need done (RFC 3261 §16.4, §16.6 item 6).
 *
 * <pre>
 *   before us, strict:  INVITE sip:us;lr;at=…   Route: &lt;a;lr&gt;, &lt;target&gt;   →  INVITE target   Route: &lt;a;lr&gt;
 *   loose:              INVITE target           Route: &lt;us;lr&gt;, &lt;a;lr&gt;    →  INVITE target   Route: &lt;a;lr&gt;
 *   behind us, strict:  INVITE target           Route: &lt;us;lr&gt;, &lt;a&gt;       →  INVITE a        Route: &lt;target&gt;
 * </pre>
 *
 * Reused; holds until the next {@link #read}. Owned by one event loop.
 */
final class RouteSet {

    private static final byte[] LR = SipText.bytes("lr");
    private static final byte[] ROUTE = SipText.bytes("Route: <");
    private static final int MOST = SipLimits.DEFAULT.maxHops() + 1;

    private final Ports ports;
    private final NameAddr address = new NameAddr();
    private final SipUri uri = new SipUri();
    private final int[] line = new int[MOST];
    private final int[] start = new int[MOST];
    private final int[] end = new int[MOST];
    private int count;
    private int kept;
    private int keptEnd;
    private int own;
    private @Nullable Port farSide;
    private boolean strictBefore;
    private boolean strictAhead;
    private long token;
    private long requestUri;
    private long next;

    RouteSet(Ports ports) {
        this.ports = ports;
    }

    /**
     * Reads the way of {@code request}.
     *
     * @param inDialog whether our own URI may stand as Request-URI because a strict router put it there; of a request
     *     that begins a dialog it is the address somebody dialled
     * @return whether the request was routed through this gateway
     */
    boolean read(SipMessage request, boolean inDialog) {
        byte[] bytes = request.bytes();
        index(request);
        kept = 0;
        keptEnd = count;
        own = 0;
        farSide = null;
        token = Slice.NONE;
        requestUri = Slice.of(request.uriStart(), request.uriEnd());
        strictBefore = inDialog
                && count > 0
                && uri.read(bytes, request.uriStart(), request.uriEnd())
                && isOurs(bytes)
                && token != Slice.NONE
                && isReadable(bytes, count - 1);
        if (strictBefore) {
            keptEnd--;
            requestUri = Slice.of(address.uriStart(), address.uriEnd());
        } else {
            own = 0;
            farSide = null;
            token = Slice.NONE;
        }
        while (kept < keptEnd && isReadable(bytes, kept) && isOurs(bytes)) {
            kept++;
        }
        boolean routed = strictBefore || kept > 0;
        next = Slice.NONE;
        strictAhead = false;
        if (kept < keptEnd && isReadable(bytes, kept)) {
            next = Slice.of(address.uriStart(), address.uriEnd());
            strictAhead = uri.param(LR) == Slice.NONE;
        }
        return routed;
    }

    private void index(SipMessage request) {
        byte[] bytes = request.bytes();
        count = 0;
        for (int at = request.first(HeaderId.ROUTE); at >= 0; at = request.next(at)) {
            int to = request.valueEnd(at);
            for (int from = request.valueStart(at); from < to && count < MOST; count++) {
                int valueEnd = Lists.valueEnd(bytes, from, to);
                line[count] = at;
                start[count] = from;
                end[count] = valueEnd;
                from = SipText.skipLws(bytes, Math.min(valueEnd + 1, to), to);
            }
        }
    }

    private boolean isReadable(byte[] bytes, int value) {
        return address.read(bytes, start[value], end[value]) && uri.read(bytes, address.uriStart(), address.uriEnd());
    }

    private boolean isOurs(byte[] bytes) {
        Port port = ports.find(bytes, uri);
        if (port == null) {
            return false;
        }
        if (own++ > 0) {
            farSide = port;
        }
        if (token == Slice.NONE) {
            token = uri.param(RouteToken.NAME);
        }
        return true;
    }

    /** The port of the side the request goes on to, where the call has two of ours (RFC 5658); null where it has one. */
    @Nullable
    Port farSide() {
        return farSide;
    }

    /** The parameter of our own URI that is the dialog's token, {@link Slice#NONE} if it has none. */
    long token() {
        return token;
    }

    /** The Request-URI as its sender meant it. */
    long requestUri() {
        return requestUri;
    }

    /** The URI the request goes to next: the next Route, else the Request-URI. */
    long target() {
        return next == Slice.NONE ? requestUri : next;
    }

    /**
     * Takes out our own values and mends what strict routers need.
     *
     * @param withUri whether the Request-URI is mended too; not where it is replaced altogether
     */
    void apply(SipEdits edits, SipMessage request, boolean withUri) {
        boolean ahead = strictAhead && withUri;
        keep(edits, request, ahead ? kept + 1 : kept);
        if (ahead) {
            int last = request.last(HeaderId.ROUTE);
            edits.insert(request.lineEnd(last)).put(ROUTE);
            put(edits, request, requestUri);
            edits.put(Wire.END_OF_URI_LINE);
        }
        if (withUri && (ahead || strictBefore)) {
            edits.replace(request.uriStart(), request.uriEnd());
            put(edits, request, ahead ? next : requestUri);
        }
    }

    private static void put(SipEdits edits, SipMessage request, long slice) {
        edits.put(request.bytes(), Slice.start(slice), Slice.end(slice));
    }

    /** Removes all Route values but those from {@code from} on that still lie ahead. */
    private void keep(SipEdits edits, SipMessage request, int from) {
        for (int first = 0; first < count; ) {
            int last = first;
            while (last + 1 < count && line[last + 1] == line[first]) {
                last++;
            }
            int keepFirst = Math.max(first, from);
            int keepLast = Math.min(last, keptEnd - 1);
            if (keepFirst > keepLast) {
                edits.removeLine(request, line[first]);
            } else {
                if (keepFirst > first) {
                    edits.remove(start[first], start[keepFirst]);
                }
                if (keepLast < last) {
                    edits.remove(end[keepLast], end[last]);
                }
            }
            first = last + 1;
        }
    }
}
