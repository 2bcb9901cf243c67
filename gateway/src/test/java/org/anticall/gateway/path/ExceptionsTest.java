package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.anticall.gateway.config.Contract;
import org.anticall.gateway.config.Peer;
import org.anticall.gateway.config.Trunk;
import org.anticall.gateway.config.TrunkLimits;
import org.anticall.gateway.config.Trust;
import org.anticall.gateway.verdict.FailOpen;
import org.anticall.gateway.verdict.Judge;
import org.anticall.rules.Activation;
import org.anticall.rules.RuleBook;
import org.anticall.rules.RuleSource;
import org.anticall.rules.call.CountryCodeSet;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.LocalizedText;
import org.anticall.rules.call.RoamingAnswer;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.call.TrunkTerms;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.number.E164;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Why a home number may come in from abroad (X1 to X9 of the catalogue), and the calls of its matrix, on the wire. */
@Timeout(30)
class ExceptionsTest {

    private static final String LANDLINE = "P-Asserted-Identity: <tel:+77172700000>";
    private static final String MOBILE = "P-Asserted-Identity: <tel:+77011234567>";
    private static final String REGISTERED = "P-Asserted-Identity: <tel:+77172111111>";
    private static final String ROAMER_FORWARDS = "Diversion: <tel:+77011112233>;reason=no-answer";

    private final Map<Long, RoamingAnswer> whereabouts = new ConcurrentHashMap<>();
    private final List<Long> asked = new CopyOnWriteArrayList<>();
    private PathFixture net;
    private int calls;

    @BeforeEach
    void prepare() throws IOException {
        net = new PathFixture();
        RuleBook book = RuleBook.forHome("KZ");
        Activation activation = book.activate(RuleSource.file(Path.of("src/test/resources/exceptions/rules.yaml")));
        assertInstanceOf(Activation.Activated.class, activation, activation::toString);
        net.judge = withExceptions(book);
        net.oracle = (e164, callback) -> {
            asked.add(e164);
            callback.accept(whereabouts.getOrDefault(e164, RoamingAnswer.UNKNOWN));
        };
    }

    /** The rules, and before them what facts beside numbers say: X2, X4, X6. */
    private static Judge withExceptions(RuleBook book) {
        return facts -> {
            if (facts.returning() || facts.terms().trombone()) {
                return PathFixture.decision(new Verdict.Pass());
            }
            return facts.callerRoaming().mode() == RoamingAnswer.Mode.S8HR
                    ? new Decision(
                            new Verdict.Reject(603),
                            Decision.Basis.RULE,
                            "X2",
                            LocalizedText.of("home-routed"),
                            1,
                            "",
                            List.of())
                    : book.decide(facts);
        };
    }

    @AfterEach
    void close() {
        net.close();
    }

    @Test
    void x1AnOwnSubscriberWhoRoamsCallsHome() throws IOException {
        net.start();
        isAt("+77011234567", RoamingAnswer.roaming("TR"));
        passes(MOBILE);
        isAt("+77011234567", RoamingAnswer.HOME);
        isRejected("D11", MOBILE);
        isAt("+77011234567", RoamingAnswer.UNALLOCATED);
        isRejected("D11", MOBILE);
    }

    @Test
    void x2AHomeRoutedSubscriberNeverComesInFromAbroad() throws IOException {
        net.start();
        isAt("+77011234567", new RoamingAnswer(RoamingAnswer.State.ROAMING, "AE", RoamingAnswer.Mode.LOCAL));
        passes(MOBILE);
        isAt("+77011234567", new RoamingAnswer(RoamingAnswer.State.ROAMING, "AE", RoamingAnswer.Mode.S8HR));
        isRejected("X2", MOBILE);
    }

    @Test
    void x3ACallForwardedBackByASubscriberWhoRoams() throws IOException {
        net.start();
        isAt("+77011112233", RoamingAnswer.roaming("TR"));
        passes(LANDLINE, ROAMER_FORWARDS);
        isAt("+77011112233", RoamingAnswer.HOME);
        isRejected("D10", LANDLINE, ROAMER_FORWARDS);
        isRejected("D10", LANDLINE);
    }

    @Test
    void aTrunkThatIsNotBelievedOnForwardingOpensNoDoor() throws IOException {
        net.contract = new Contract(new Trust(true, false, false, false, true), Contract.DEFAULT.terms());
        net.start();
        isAt("+77011112233", RoamingAnswer.roaming("TR"));
        isRejected("D10", LANDLINE, ROAMER_FORWARDS);
        assertEquals(List.of(), asked);
    }

    @Test
    void x4AnOwnCallThatComesBackWithin120Seconds() throws IOException {
        try (SipPeer home = outboundTrunk()) {
            net.start();
            isAt("+77011234567", RoamingAnswer.HOME);
            isRejected("D11", MOBILE);
            String leaving = net.invite("outbound-1", MOBILE)
                    .replace(SipPeer.text(net.carrier.address()), SipPeer.text(home.address()))
                    .replace("+77172555555", "+905321234567");
            home.send(net.gateway(), leaving);
            home.expect("SIP/2.0 100");
            String left = net.core.expect("INVITE sip:+905321234567@");
            net.core.send(net.gateway(), SipPeer.response(left, 486, "Busy Here", "t"));
            net.core.expect("ACK");
            String busy = home.expect("SIP/2.0 486");
            home.send(net.gateway(), net.same("ACK", leaving, SipPeer.value(busy, "To")));
            net.pass(Duration.ofSeconds(1));
            passes(MOBILE);
            isRejected("D10", LANDLINE);
            net.pass(Duration.ofSeconds(119));
            passes(MOBILE);
            net.pass(Duration.ofSeconds(1));
            isRejected("D11", MOBILE);
        }
    }

    private SipPeer outboundTrunk() throws IOException {
        SipPeer home = new SipPeer("home network");
        net.moreTrunks.add(new Trunk(
                "to-abroad",
                TrunkClass.OUTBOUND,
                List.of(Objects.requireNonNull(Peer.parse(SipPeer.text(home.address())))),
                "core",
                Trunk.OnOverload.PASS,
                Contract.DEFAULT,
                TrunkLimits.NONE));
        return home;
    }

    @Test
    void x5ACallToAForeignSubscriberWhoRoamsHere() throws IOException {
        net.start();
        net.carrierSends(invite(LANDLINE).replace("+77172555555", "+77019999123"));
        net.core.await("INVITE sip:+77019999123@");
        isRejected("D10", LANDLINE);
    }

    @Test
    void x6AHomeCallRoutedViaAbroadByAgreement() throws IOException {
        net.contract = new Contract(Trust.DEFAULT, new TrunkTerms(CountryCodeSet.EMPTY, true, true));
        net.start();
        passes(LANDLINE);
        passes(MOBILE);
        assertEquals(List.of(), asked);
    }

    @Test
    void x6WithoutTheAgreementItIsRejected() throws IOException {
        net.start();
        isRejected("D10", LANDLINE);
    }

    @Test
    void x7ARegisteredNumberOfACustomerAbroad() throws IOException {
        net.start();
        passes(REGISTERED);
        isRejected("D10", LANDLINE);
    }

    @Test
    void x8SharedAndSatelliteNumbersAreJudgedByFormOnly() throws IOException {
        net.start();
        for (String number : List.of("+80012345678", "+882161234567", "+883510012345", "+8816123456789")) {
            passes("P-Asserted-Identity: <tel:" + number + ">");
        }
        assertEquals(List.of(), asked);
    }

    @Test
    void x9APortedNumberIsAskedForWholeWhateverItsPrefix() throws IOException {
        net.start();
        for (String number : List.of("+77011234567", "+77051234567", "+77071234567", "+77471234567", "+77771234567")) {
            isAt(number, RoamingAnswer.roaming("TR"));
            passes("P-Asserted-Identity: <tel:" + number + ";npdi;rn=+77019999999>");
            assertEquals(E164.parse(number), asked.get(asked.size() - 1));
        }
    }

    @Test
    void t7SilenceOfTheOracleWithholdsAndNeverRejects() throws IOException {
        net.oracle = (e164, callback) -> {};
        net.start();
        net.carrierSends(invite(MOBILE));
        net.carrier.expect("SIP/2.0 100");
        net.pass(Duration.ofMillis(160));
        String forwarded = net.core.expect("INVITE");
        assertTrue(SipPeer.value(forwarded, "From").contains("anonymous.invalid"), forwarded);
        assertEquals("id", SipPeer.value(forwarded, "Privacy"));
        assertEquals(1, net.path.counters().verdict().roamingAnswers(RoamingAnswer.State.TIMEOUT));
    }

    @Test
    void t15ANationalFormIsUnderstoodAndLeavesAsItCame() throws IOException {
        net.start();
        String national = net.invite("t15", "From: <sip:87272501234@carrier.example>;tag=f1", new String[0]);
        net.carrierSends(national);
        net.carrier.expect("SIP/2.0 100");
        net.carrier.expect("SIP/2.0 603");
        assertEquals("D10", net.records.get(0).decision().rule());
        assertEquals("87272501234", net.records.get(0).raw().presented());
    }

    @Test
    void t18AForeignCallerWhoIsHiddenPassesWithPrivacyKept() throws IOException {
        net.start();
        String from = "From: \"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=f1";
        net.carrierSends(
                net.invite("t18", from, new String[] {"P-Asserted-Identity: <tel:+447911123456>", "Privacy: id"}));
        String forwarded = net.core.expect("INVITE");
        assertEquals(from.substring("From: ".length()), SipPeer.value(forwarded, "From"));
        assertEquals("id", SipPeer.value(forwarded, "Privacy"));
        assertEquals("<tel:+447911123456>", SipPeer.value(forwarded, "P-Asserted-Identity"));
    }

    @Test
    void t26NoRuleKeepsACallFrom112() throws IOException {
        net.start();
        net.carrierSends(invite(LANDLINE).replace("+77172555555", "112"));
        net.core.expect("INVITE sip:112@");
        assertEquals(List.of(), net.records);
    }

    @Test
    void t28NoFailureOfTheRulesIsA5xx() throws IOException {
        net.judge = facts -> {
            throw new IllegalStateException("the rules are broken");
        };
        net.start();
        net.carrierSends(invite(LANDLINE));
        net.carrier.expect("SIP/2.0 100");
        net.core.expect("INVITE");
        assertEquals(0, net.path.counters().path().replies(5));
        assertTrue(net.path.alarm().isRinging(FailOpen.ENGINE, Duration.ofMinutes(1)));
    }

    @Test
    void t38ParametersOfTheNumberAreNoPartOfIt() throws IOException {
        net.start();
        isAt("+77011234567", RoamingAnswer.HOME);
        isRejected("D11", "P-Asserted-Identity: <tel:+77011234567;rn=+77019999999;npdi>");
        assertEquals(List.of(77011234567L), asked);
    }

    private void isAt(String number, RoamingAnswer answer) {
        whereabouts.put(E164.parse(number), answer);
    }

    private String invite(String... lines) {
        return net.invite("exception-" + ++calls, lines);
    }

    private void passes(String... lines) {
        String invite = invite(lines);
        net.carrierSends(invite);
        net.carrier.expect("SIP/2.0 100");
        String forwarded = net.core.expect("INVITE");
        assertEquals(SipPeer.value(invite, "Call-ID"), SipPeer.value(forwarded, "Call-ID"));
        assertEquals(SipPeer.value(invite, "From"), SipPeer.value(forwarded, "From"));
        net.core.send(net.gateway(), SipPeer.response(forwarded, 486, "Busy Here", "t"));
        net.core.expect("ACK");
        String busy = net.carrier.expect("SIP/2.0 486");
        net.carrierSends(net.same("ACK", invite, SipPeer.value(busy, "To")));
    }

    private void isRejected(String rule, String... lines) {
        net.records.clear();
        String invite = invite(lines);
        net.carrierSends(invite);
        net.carrier.await("SIP/2.0 100");
        String decline = net.carrier.await("SIP/2.0 603 Decline");
        net.carrierSends(net.same("ACK", invite, SipPeer.value(decline, "To")));
        assertEquals("Q.850;cause=21;text=\"call rejected\"", SipPeer.value(decline, "Reason"));
        assertEquals(rule, net.records.get(0).decision().rule());
    }
}
