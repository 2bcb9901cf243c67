package org.anticall.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.anticall.ops.config.OpsConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The admin address, and that clients who never end their request cost others nothing. */
class AdminAddressTest {

    /** More than the console has threads. */
    private static final int SLOW_CLIENTS = 500;

    @TempDir
    Path state;

    private OpsServer centre;

    @BeforeEach
    void start() throws StartFailure {
        OpsConfig plain = RunningCentre.config(state, 0);
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        centre = OpsServer.start(new OpsConfig(
                plain.http(),
                plain.state(),
                null,
                plain.recordsToken(),
                plain.people(),
                plain.authority(),
                null,
                new OpsConfig.Exposure(anyPort, null, null)));
    }

    @AfterEach
    void stop() {
        centre.close();
    }

    @Test
    void itTellsHealthAndMetricsAndNothingElse() throws Exception {
        assertEquals(200, get(centre.adminPort(), "/healthz").statusCode());
        assertEquals(200, get(centre.adminPort(), "/readyz").statusCode());
        assertEquals(404, get(centre.adminPort(), "/api/calls").statusCode());
        assertEquals(404, get(centre.adminPort(), "/").statusCode());
        String metrics = get(centre.adminPort(), "/metrics").body();
        assertTrue(metrics.contains("anticall_centre_database_up 1\n"), metrics);
        assertTrue(metrics.contains("anticall_centre_revision 1\n"), metrics);
        assertTrue(metrics.contains("anticall_desk_seats{state=\"ready\"} 0\n"), metrics);
        assertTrue(metrics.contains("anticall_centre_chore_failing{chore=\"backup\"} 0\n"), metrics);
        assertTrue(metrics.contains("anticall_centre_chore_failures_total{chore=\"retention\"} 0\n"), metrics);
        assertFalse(
                get(centre.httpAddress().getPort(), "/metrics").statusCode() == 200, "not on the console's address");
    }

    @Test
    void requestsThatNeverEndHoldNoThread() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW_CLIENTS; i++) {
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), centre.httpAddress().getPort());
                slow.add(socket);
                socket.getOutputStream()
                        .write("GET /healthz HTTP/1.1\r\nHost: a\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
            }
            assertEquals(200, get(centre.httpAddress().getPort(), "/healthz").statusCode());
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private static HttpResponse<String> get(int port, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .timeout(Duration.ofSeconds(60))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
