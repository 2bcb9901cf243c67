package org.anticall.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.desk.DeskCall.State;
import org.anticall.ops.desk.SeatStatus;
import org.anticall.ops.people.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpsServerTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    Path state;

    @Test
    void aStartThatFailsMakesNoAccountsWhosePasswordsNobodySaw() throws IOException, StartFailure {
        try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
            StartFailure failure = assertThrows(
                    StartFailure.class, () -> OpsServer.start(RunningCentre.config(state, taken.getLocalPort())));
            assertTrue(String.valueOf(failure.getMessage()).endsWith(": the port is taken"), failure.getMessage());
        }

        try (OpsServer server = OpsServer.start(RunningCentre.config(state, 0))) {
            assertEquals(Role.values().length, server.newAccounts().size());
        }
    }

    @Test
    void theSeatsOfTheDeskAreOnTheBoardFromTheStart() throws StartFailure, UnknownHostException {
        try (RunningCentre centre = RunningCentre.withDesk(state)) {
            assertTrue(centre.server().deskPort() > 0);
            assertEquals(
                    List.of("101", "102"),
                    centre.server().board().snapshot().seats().stream()
                            .map(SeatStatus::seat)
                            .toList());
        }
    }

    @Test
    void theBoardBeginsWithTheCallsOfTheLastRun() throws StartFailure, IOException, InterruptedException {
        Instant now = Instant.parse("2026-11-21T02:47:03Z");
        try (RunningCentre centre = new RunningCentre(state)) {
            centre.deliver(TestRecords.diverted(
                    "A", 77172700000L, 77011234567L, "D10", TestRecords.LANDLINE_FROM_ABROAD, now));
            centre.server()
                    .deskListener()
                    .changed(TestRecords.offered("A", "+77172700000", "+77011234567", "D10", now));
        }

        try (OpsServer server = OpsServer.start(RunningCentre.config(state, 0))) {
            var recalled = server.board().snapshot().calls().get(0);
            assertEquals(State.LADDERED, recalled.call().state());
            assertEquals(DeskCall.Outcome.DESK_CLOSED, recalled.call().outcome());
            assertEquals(TestRecords.LANDLINE_FROM_ABROAD, recalled.ground().reason());
        }
    }
}
