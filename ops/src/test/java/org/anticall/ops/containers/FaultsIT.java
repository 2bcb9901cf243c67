package org.anticall.ops.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.anticall.ops.acceptance.Await;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.lifecycle.Startables;

/**
 * Parts of a running site are stopped, killed, paused and cut off while calls are under way. What must hold meanwhile: calls
 * complete, whatever is intercepted has its record, and no record is lost.
 */
class FaultsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String CITIZEN = ";+77172555555";
    private static final String SUSPECT = "+442079460018";
    private static final int RATE = 6;

    /** Two thirds of {@link #startCalls} are answered, every fifth of those by way of the desk; one third is declined. */
    private static final int ANSWERED = 30;

    private static final int DIVERTED = ANSWERED / 5;
    private static final int DECLINED = 15;

    @TempDir
    static Path work;

    private static Site site;

    @BeforeAll
    static void start() throws Exception {
        Engine.mustAnswer();
        site = Site.start(work);
        // A machine on which everything has just been started stalls for a while; these calls may fail.
        for (Part carrier : startCalls(site.gateways).carriers()) {
            carrier.awaitEnd();
        }
        for (Part gateway : site.gateways) {
            Await.until(
                    "its records are at the centre",
                    PATIENCE,
                    () -> metric(gateway, "anticall_journal_backlog_bytes") == 0);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (site != null) {
            site.close();
        }
    }

    @BeforeEach
    void mustHaveTime() {
        Engine.mustHaveTime();
    }

    @AfterEach
    void mend() throws Exception {
        site.mend();
    }

    /** Calls through both gateways, all of which must come to what they are meant to. */
    private record Calls(List<Part> carriers, long recordsBefore, double verdictsBefore) {
        /** Enough calls are under way for a fault to meet some of them. */
        void awaitUnderWay() throws Exception {
            Await.until("calls under way", PATIENCE, () -> verdicts() >= verdictsBefore + 10);
        }

        void mustSucceed() throws Exception {
            for (Part carrier : carriers) {
                assertEquals(0, carrier.awaitEnd(), () -> carrier.getLogs() + site.logs());
            }
        }

        /** And every interception among them has its record. */
        void mustBeRecorded() throws Exception {
            site.awaitRecords(recordsBefore + carriers.size() / 2 * (long) (DIVERTED + DECLINED));
        }
    }

    private static Calls startCalls(List<Part> through) throws Exception {
        long records = site.count("select count(*) from record");
        double verdicts = verdicts();
        List<Part> carriers = new ArrayList<>();
        for (Part gateway : through) {
            String address = gateway.address(site.wire);
            List<String> answered = new ArrayList<>();
            for (int i = 0; i < ANSWERED; i++) {
                answered.add((i % 5 == 0 ? SUSPECT : "+7495" + (1_234_000 + i)) + CITIZEN);
            }
            carriers.add(site.sipp.carrier("carrier.xml", address, address, RATE, answered));
            carriers.add(site.sipp.carrier("carrier-declined.xml", address, address, RATE / 2, spoofed(DECLINED)));
        }
        Startables.deepStart(carriers).join();
        return new Calls(carriers, records, verdicts);
    }

    /** Home landlines that come from abroad. */
    private static List<String> spoofed(int count) {
        return LongStream.range(77172700000L, 77172700000L + count)
                .mapToObj(number -> "+" + number + CITIZEN)
                .toList();
    }

    /** Calls the first gateway has judged. */
    private static double verdicts() throws Exception {
        return metric(site.gateways.get(0), "anticall_verdicts_total");
    }

    /** Sum of all samples of a metric. */
    private static double metric(Part gateway, String name) throws Exception {
        return gateway.tells("/opt/anticall/healthy", "/metrics")
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void undisturbedCallsCompleteAndLeaveTheirRecords() throws Exception {
        Calls calls = startCalls(site.gateways);
        calls.mustSucceed();
        calls.mustBeRecorded();
    }

    @Test
    void aKilledCentreCostsNoCallAndNoRecord() throws Exception {
        Calls calls = startCalls(site.gateways);
        calls.awaitUnderWay();
        site.ops.kill();
        calls.mustSucceed();
        site.ops.again();
        site.ops.awaitHealth();
        calls.mustBeRecorded();
    }

    @Test
    void aFrozenCentreCostsNoCallAndNoRecord() throws Exception {
        Calls calls = startCalls(site.gateways);
        calls.awaitUnderWay();
        site.ops.freeze();
        calls.mustSucceed();
        site.ops.thaw();
        calls.mustBeRecorded();
    }

    @Test
    void aDeadDatabaseCostsNoCallAndNoRecord() throws Exception {
        Calls calls = startCalls(site.gateways);
        calls.awaitUnderWay();
        site.database.kill();
        calls.mustSucceed();
        site.database.again();
        site.awaitDatabase();
        calls.mustBeRecorded();
    }

    @Test
    void aFrozenDatabaseCostsNoCallAndNoRecord() throws Exception {
        Calls calls = startCalls(site.gateways);
        calls.awaitUnderWay();
        site.database.freeze();
        calls.mustSucceed();
        site.database.thaw();
        calls.mustBeRecorded();
    }

    @Test
    void gatewaysThatAreCutOffFromTheCentreLoseNothing() throws Exception {
        Calls calls = startCalls(site.gateways);
        calls.awaitUnderWay();
        site.gateways.forEach(gateway -> gateway.disconnect(site.control));
        calls.mustSucceed();
        site.gateways.forEach(gateway -> gateway.connect(site.control));
        calls.mustBeRecorded();
    }

    @Test
    void aKilledGatewayTakesNoOtherWithItAndKeepsWhatItRecorded() throws Exception {
        Part survivor = site.gateways.get(0);
        Part victim = site.gateways.get(1);
        Calls calls = startCalls(List.of(survivor));
        List<String> callers = LongStream.range(77172800000L, 77172800400L)
                .mapToObj(number -> "+" + number + CITIZEN)
                .toList();
        Part carrier = site.sipp.carrier(
                "carrier-notes.xml", victim.address(site.wire), victim.address(site.wire), 100, callers);
        carrier.start();
        Await.until("some are declined", PATIENCE, () -> noted(carrier).size() >= 20);
        victim.kill();
        carrier.kill();
        Set<String> declined = noted(carrier);
        calls.mustSucceed();
        victim.again();
        victim.awaitHealth();

        String list = String.join(",", declined);
        Await.until(
                "each declined call has its record",
                PATIENCE,
                () -> site.count("select count(distinct caller) from record where node = 'gw-2' and caller in (" + list
                                + ")")
                        >= declined.size());
    }

    @Test
    void aStoppedGatewayLetsItsCallsEndWell() throws Exception {
        Part gateway = site.gateways.get(1);
        List<String> calls = Collections.nCopies(10, "+74951234567" + CITIZEN);
        Part carrier = site.sipp.carrier(
                "carrier-talks.xml", gateway.address(site.wire), gateway.address(site.wire), 20, calls);
        carrier.start();
        Await.until("all talk", PATIENCE, () -> lines(carrier, "TALKING") == 10);
        gateway.end(Duration.ofSeconds(60));
        assertEquals(0, carrier.awaitEnd(), () -> carrier.getLogs() + site.logs());
        assertEquals(0, gateway.awaitEnd());
        gateway.again();
        gateway.awaitHealth();
    }

    @Test
    void theSoundGoesByTheRelayThatIsLeft() throws Exception {
        String gateway = site.gateways.get(0).address(site.wire);
        try (Part phone = site.sipp.phone(site.ops.address(site.wire), Site.PHONE, Site.PHONE_PASSWORD)) {
            Await.until("the phone is signed in", PATIENCE, () -> lines(phone, "REGISTERED") == 1);
            for (int alive = 0; alive < 2; alive++) {
                Part dead = site.relays.get(1 - alive);
                dead.kill();
                String sound = site.relays.get(alive).address(site.wire);
                Part carrier = site.sipp.carrier(
                        "carrier.xml", gateway, gateway + ".*c=IN IP4 " + sound, 1, List.of(SUSPECT + CITIZEN));
                carrier.start();
                assertEquals(0, carrier.awaitEnd(), () -> carrier.getLogs() + site.logs());
                dead.again();
            }
            site.relays.forEach(relay -> relay.freeze());
            Part carrier =
                    site.sipp.carrier("carrier.xml", gateway, gateway + ".*o=callee", 1, List.of(SUSPECT + CITIZEN));
            carrier.start();
            assertEquals(0, carrier.awaitEnd(), () -> carrier.getLogs() + site.logs());
        } finally {
            site.relays.forEach(relay -> relay.thaw());
        }
    }

    /** Callers a carrier has noted as declined. */
    private static Set<String> noted(Part carrier) {
        Set<String> callers = new HashSet<>();
        var declined = Pattern.compile("DECLINED \\+(\\d+)").matcher(carrier.getLogs());
        while (declined.find()) {
            callers.add(declined.group(1));
        }
        return callers;
    }

    private static long lines(Part part, String word) {
        return part.getLogs().lines().filter(line -> line.contains(word)).count();
    }
}
