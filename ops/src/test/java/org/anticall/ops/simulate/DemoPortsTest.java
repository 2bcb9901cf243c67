package org.anticall.ops.simulate;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class DemoPortsTest {

    @Test
    void freePortsAreFine() throws Exception {
        DemoPorts ports = FreePorts.forDemo();

        assertDoesNotThrow(ports::requireFree);
    }

    @Test
    void aTakenUdpPortIsNamedWithTheOptionThatChoosesAnother() throws Exception {
        DemoPorts free = FreePorts.forDemo();
        try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            DemoPorts ports = new DemoPorts(
                    free.sip(), taken.getLocalPort(), free.core(), free.carrier(), free.http(), free.admin());

            assertUnavailable(ports, taken.getLocalPort() + "/udp", "--desk-port");
        }
    }

    @Test
    void aTakenTcpPortIsNamedWithTheOptionThatChoosesAnother() throws Exception {
        DemoPorts free = FreePorts.forDemo();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            DemoPorts ports = new DemoPorts(
                    free.sip(), free.desk(), free.core(), free.carrier(), taken.getLocalPort(), free.admin());

            assertUnavailable(ports, taken.getLocalPort() + "/tcp", "--http-port");
        }
    }

    @Test
    void twoThingsOnOnePortAreNamed() throws IOException {
        DemoPorts free = FreePorts.forDemo();
        DemoPorts ports = new DemoPorts(free.sip(), free.sip(), free.core(), free.carrier(), free.http(), free.admin());

        assertUnavailable(ports, free.sip() + "/udp", "--desk-port");
    }

    @Test
    void aNumberThatIsNoPortIsNamed() throws IOException {
        DemoPorts free = FreePorts.forDemo();
        DemoPorts ports = new DemoPorts(0, free.desk(), free.core(), free.carrier(), free.http(), free.admin());

        assertUnavailable(ports, "--sip-port 0", "1 to 65535");
    }

    private static void assertUnavailable(DemoPorts ports, String... words) {
        DemoUnavailable thrown = assertThrows(DemoUnavailable.class, ports::requireFree);
        for (String word : words) {
            assertTrue(thrown.getMessage().contains(word), thrown.getMessage());
        }
    }
}
