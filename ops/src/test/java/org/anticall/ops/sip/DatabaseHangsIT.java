package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import java.net.http.HttpRequest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sip.message.Request;
import org.anticall.ops.acceptance.Await;
import org.junit.jupiter.api.Test;

/** The embedded database is locked by somebody else: it neither answers nor refuses. Calls go on, and nothing of them is lost. */
class DatabaseHangsIT extends BrowserDesk {

    @Test
    void aCallIsTakenTalkedOnAndEndedAndWhatWasWrittenComesLater() throws Exception {
        String place = "jdbc:h2:file:" + state.toAbsolutePath().resolve("centre");
        try (Connection other = DriverManager.getConnection(place)) {
            set(other, "EXCLUSIVE 1"); // everybody else's statements wait, new connections are refused
            Await.until("the centre says so", PATIENCE, () -> health() == 503);

            talking();
            page.keyboard().press("t");
            page.keyboard().type("wants a code");
            textOf("#note-state", "Kept here");
            page.keyboard().press("F9");
            gateway.answer(gateway.expectRequest(Request.BYE).getServerTransaction(), 200, "");
            seatIs("Paperwork");
            page.keyboard().press("Escape");
            page.keyboard().press("1");
            page.keyboard().press("Control+Enter");
            textOf("acc-outcome [role=alert]", "not saved");

            set(other, "EXCLUSIVE 0");
            Await.until("the centre says that it is there again", PATIENCE, () -> health() == 200);
            Await.until(
                    "the note is written",
                    PATIENCE,
                    () -> count(other, "call_note WHERE text = 'wants a code' AND record_id = ?") == 1);
            page.keyboard().press("Control+Enter");
            seatIs("Ready");
            assertEquals(true, count(other, "disposition WHERE outcome = 'FRAUD_TALKED' AND record_id = ?") >= 1);
            for (String change : new String[] {"OFFERED", "RINGING", "ANSWERED", "ENDED"}) {
                Await.until(
                        change + " is in the history",
                        PATIENCE,
                        () -> count(other, "desk_call WHERE state = '" + change + "' AND record_id = ?") >= 1);
            }
            Await.until(
                    "who ended it is in the trail",
                    PATIENCE,
                    () -> count(other, "audit WHERE action = 'call.end' AND subject = ?") == 1);
        }
    }

    private void textOf(String place, String text) {
        page.locator(place, new Page.LocatorOptions().setHasText(text)).waitFor();
    }

    private int health() throws Exception {
        return centre.send(HttpRequest.newBuilder(centre.uri("/healthz")).GET()).statusCode();
    }

    private static void set(Connection connection, String what) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET " + what);
        }
    }

    /** How many rows there are of the call. */
    private static int count(Connection connection, String where) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT COUNT(*) FROM " + where)) {
            query.setString(1, CALL);
            try (ResultSet rows = query.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }
}
