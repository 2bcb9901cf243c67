package org.anticall.gateway.transport;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.anticall.gateway.config.Trunk;
import org.anticall.gateway.hop.NextHop;
import org.jspecify.annotations.Nullable;

/**
 * Who a datagram is from: a next hop of ours or a peer on a trunk. Immutable.
 *
 * @param address where it came from
 * @param hop the next hop that has this very address and port, else null
 * @param trunk the trunk whose peer it is, null for a hop
 * @param addressText the address without port as it stands in {@code received} (RFC 3261 §18.2.1), IPv6
 *     without brackets (RFC 5118 §4.5); not to be changed
 * @param peer the same as the peer of an outbound trunk, for a hop that also brings the calls of the home network
 */
public record Source(
        InetSocketAddress address,
        @Nullable NextHop hop,
        @Nullable Trunk trunk,
        byte[] addressText,
        @Nullable Source peer) {

    static Source of(InetSocketAddress address, @Nullable NextHop hop, @Nullable Trunk trunk) {
        byte[] text = NetUtil.toAddressString(address.getAddress()).getBytes(StandardCharsets.US_ASCII);
        return new Source(address, hop, trunk, text, null);
    }

    /** The same hop, which also brings calls as {@code peer}. */
    Source alsoAs(Source caller) {
        return new Source(address, hop, trunk, addressText, caller);
    }

    /** Who it is where it calls: a peer if it may be one, else itself. */
    public Source asCaller() {
        return peer == null ? this : peer;
    }

    /** Whether it is a hop of the desk. */
    public boolean isDesk() {
        return hop != null && hop.isDesk();
    }
}
