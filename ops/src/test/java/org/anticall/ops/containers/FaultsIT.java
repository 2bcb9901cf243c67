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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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

    /** Nobody of them calls twice: who calls a citizen fifteen times a day is suspect. */
    private static int goodCallers;

    @BeforeAll
    static void start() throws Exception {
        Engine.mustAnswer();
        site = Site.start(work);
        // A machine on which everything has just been started stalls for a while; these calls may fail.
        for (Part carrier : startCalls(site.gateways).carriers()) {
            carrier.awaitEnd();
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (site != null) {
            site.close();
        }
    }

    @BeforeEach
    void mustHaveTime() throws Exception {
        Engine.mustHaveTime();
        // What a test counts is its own: those of the one before have arrived.
        for (Part gateway : site.gateways) {
            Await.until(
                    "its records are at the centre",
                    PATIENCE,
                    () -> metric(gateway, "anticall_journal_backlog_bytes") == 0);
        }
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
        long records = site.interceptions();
        double verdicts = verdicts();
        List<Part> carriers = new ArrayList<>();
        for (Part gateway : through) {
            String address = gateway.address(site.wire);
            List<String> answered = new ArrayList<>();
            for (int i = 0; i < ANSWERED; i++) {
                answered.add((i % 5 == 0 ? SUSPECT : "+7495" + (1_000_000 + goodCallers++)) + CITIZEN);
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

    /** The desk is gone, so what is diverted comes to the callee by the rule's ladder; records wait at the gateways. */
    @ParameterizedTest
    @EnumSource(Harm.class)
    void aCentreThatIsGoneCostsNoCallAndNoRecord(Harm harm) throws Exception {
        Calls calls = startCalls(site.gateways);
        calls.awaitUnderWay();
        harm.done(site.ops);
        calls.mustSucceed();
        harm.undone(site.ops);
        site.ops.awaitHealth();
        calls.mustBeRecorded();
    }

    @ParameterizedTest
    @EnumSource(Harm.class)
    void aDatabaseThatIsGoneCostsNoCallAndNoRecord(Harm harm) throws Exception {
        Calls calls = startCalls(site.gateways);
        calls.awaitUnderWay();
        harm.done(site.database);
        calls.mustSucceed();
        harm.undone(site.database);
        site.awaitDatabase();
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

    /** Invariant 3: who is cut off goes on with what it has, takes the new rules when it can, and never goes back. */
    @Test
    void rulesOfAGatewayThatIsCutOffOrKilledAreNeverOlderThanThoseItHad() throws Exception {
        Part near = site.gateways.get(0);
        Part far = site.gateways.get(1);
        double before = metric(far, "anticall_bundle_revision");
        far.disconnect(site.control);
        double published = site.publish();
        awaitRevision(near, published);
        assertEquals(before, metric(far, "anticall_bundle_revision"), "it cannot know");
        Calls calls = startCalls(site.gateways);
        calls.mustSucceed();

        far.connect(site.control);
        awaitRevision(far, published);
        site.ops.kill();
        far.kill();
        far.again();
        far.awaitHealth();
        assertEquals(published, metric(far, "anticall_bundle_revision"), "it has kept the rules");
        Calls without = startCalls(List.of(far));
        without.mustSucceed();
        site.ops.again();
        site.ops.awaitHealth();
        site.awaitRecords(calls.recordsBefore() + 3L * (DIVERTED + DECLINED));
        assertEquals(
                0,
                site.count(
                        "select count(*) from (select revision, max(revision) over (partition by node order by at) as"
                                + " highest from record) as judged where revision < highest"),
                "calls that were judged by older rules than a call before");
    }

    private static void awaitRevision(Part gateway, double revision) throws Exception {
        Await.until(
                "revision " + revision + " is enforced",
                PATIENCE,
                () -> metric(gateway, "anticall_bundle_revision") == revision);
    }

    /** Callers repeat what is not answered (RFC 3261 section 17.1.1.2), so a gateway that comes back in time fails none of them. */
    @ParameterizedTest
    @EnumSource(
            value = Harm.class,
            names = {"FROZEN", "CUT_OFF"})
    void aGatewayThatIsAwayForSecondsTakesNoOtherWithItAndGoesOn(Harm harm) throws Exception {
        Part victim = site.gateways.get(1);
        Calls calls = startCalls(List.of(site.gateways.get(0)));
        calls.awaitUnderWay();
        harm.done(victim);
        List<String> callers = LongStream.range(74951240000L, 74951240010L)
                .mapToObj(number -> "+" + number + CITIZEN)
                .toList();
        Part carrier =
                site.sipp.carrier("carrier.xml", victim.address(site.wire), victim.address(site.wire), 10, callers);
        carrier.start();
        calls.mustSucceed();
        harm.undone(victim);
        assertEquals(0, carrier.awaitEnd(), () -> carrier.getLogs() + site.logs());
        victim.awaitHealth();
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
                Harm harm = alive == 0 ? Harm.KILLED : Harm.CUT_OFF;
                Part dead = site.relays.get(1 - alive);
                harm.done(dead);
                String sound = site.relays.get(alive).address(site.wire);
                Part carrier = site.sipp.carrier(
                        "carrier.xml", gateway, gateway + ".*c=IN IP4 " + sound, 1, List.of(SUSPECT + CITIZEN));
                carrier.start();
                assertEquals(0, carrier.awaitEnd(), () -> carrier.getLogs() + site.logs());
                harm.undone(dead);
            }
            Harm.STOPPED.done(site.relays.get(0));
            Harm.FROZEN.done(site.relays.get(1));
            Part carrier =
                    site.sipp.carrier("carrier.xml", gateway, gateway + ".*o=callee", 1, List.of(SUSPECT + CITIZEN));
            carrier.start();
            assertEquals(0, carrier.awaitEnd(), () -> carrier.getLogs() + site.logs());
        } finally {
            site.relays.forEach(Part::mend);
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
