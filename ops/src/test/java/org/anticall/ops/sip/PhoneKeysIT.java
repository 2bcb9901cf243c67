package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.message.Request;
import org.anticall.ops.media.PhoneKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The release key of a phone that sends its keys among its sound (RFC 4733), as most do. */
class PhoneKeysIT extends ToneDesk {

    private static final int STAR = 10;

    private PhoneKeys keys;

    @Override
    List<String> relayOptions() throws Exception {
        if (keys == null) {
            InetAddress loopback = InetAddress.getLoopbackAddress();
            keys = new PhoneKeys(new InetSocketAddress(loopback, 0), List.of(new InetSocketAddress(loopback, 0)));
        }
        return List.of("--dtmf-log-dest=127.0.0.1:" + keys.port());
    }

    @Override
    Sounds sounds() {
        return super.sounds().telling(keys);
    }

    @AfterEach
    void stopKeys() {
        keys.close();
    }

    @Test
    void theKeyConnectsCallerAndCalleeAndPressedAgainBeforeThatTakesItBack() throws Exception {
        talks();

        operator.press(STAR);
        RequestEvent toCallee = gateway.expectRequest(Request.INVITE);
        assertTrue(
                toCallee.getRequest().getHeader("X-Anticall-Bypass").toString().contains(CALL));
        gateway.answer(toCallee.getServerTransaction(), 180, "");
        operator.press(STAR);

        gateway.expectRequest(Request.CANCEL);
        bothHear();
    }

    private void talks() throws Exception {
        assertEquals(200, phone.register("101", "secret-101", 60));
        gateway.invite(CALL, caller.descriptionWithKeys());
        RequestEvent ring = phone.expectRequest(Request.INVITE);
        phone.answer(ring.getServerTransaction(), 200, operator.descriptionWithKeys());
        phone.expectRequest(Request.ACK);
        operator.sendTo(SipPeer.bodyOf(ring.getRequest()));
        ResponseEvent ok = gateway.expectResponse(200, Request.INVITE);
        gateway.acknowledge(ok, "");
        caller.sendTo(SipPeer.bodyOf(ok.getResponse()));
        bothHear();
    }
}
