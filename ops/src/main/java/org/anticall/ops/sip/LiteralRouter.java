package org.anticall.ops.sip;

import gov.nist.javax.sip.stack.DefaultRouter;
import java.util.ListIterator;
import javax.sip.SipException;
import javax.sip.SipStack;
import javax.sip.address.Hop;
import javax.sip.address.Router;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/**
 * The next hop as RFC 3261 §8.1.2 finds it, as long as it is an IP literal.
 *
 * <p>The stack would resolve a host name on the sending thread with a blocking query; a name in a Contact would so let a
 * stranger hold up every call. A hop with a name is refused instead.
 */
final class LiteralRouter implements Router {

    private final DefaultRouter rules;

    LiteralRouter(SipStack stack) {
        this.rules = new DefaultRouter(stack, null);
    }

    @Override
    public @Nullable Hop getOutboundProxy() {
        return null;
    }

    @Override
    public Hop getNextHop(Request request) throws SipException {
        Hop hop = rules.getNextHop(request);
        if (hop == null || !IpLiteral.is(hop.getHost())) {
            throw new SipException("next hop of " + request.getMethod() + " is "
                    + (hop == null ? "unknown" : "\"" + hop.getHost() + "\"") + ", expected an IP address in digits");
        }
        return hop;
    }

    @Override
    @Deprecated
    public ListIterator<?> getNextHops(Request request) {
        throw new UnsupportedOperationException("deprecated in JAIN-SIP 1.2");
    }
}
