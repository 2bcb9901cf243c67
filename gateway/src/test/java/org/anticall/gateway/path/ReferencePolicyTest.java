package org.anticall.gateway.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
import org.anticall.gateway.verdict.RulesJudge;
import org.anticall.rules.Activation;
import org.anticall.rules.RuleBook;
import org.anticall.rules.RuleSource;
import org.anticall.rules.call.CountryCodeSet;
import org.anticall.rules.call.RoamingAnswer;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.call.TrunkTerms;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.number.E164;
import org.anticall.rules.record.DecisionRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The reference policy on the wire: an INVITE goes in, and what leaves, what the caller hears and what the record says are
 * held against the table. {@code Txx} are the calls of the matrix, {@code Xx} the exceptions of roaming and forwarding.
 */
@Timeout(60)
class ReferencePolicyTest {

    private static final String LANDLINE = "P-Asserted-Identity: <tel:+77172700000>";
    private static final String MOBILE = "P-Asserted-Identity: <tel:+77011234567>";
    private static final String FROM = "From: \"Bob\" <sip:+442071234567@carrier.example>;tag=f1";

    private final Map<Long, RoamingAnswer> whereabouts = new ConcurrentHashMap<>();
    private final List<Long> asked = new CopyOnWriteArrayList<>();
    private final RuleBook book = RuleBook.forHome("KZ");
    private PathFixture net;
    private int calls;

    @BeforeEach
    void prepare() throws IOException {
        net = new PathFixture();
        net.passSample = 1;
        net.judge = new RulesJudge(book);
        net.oracle = (e164, callback) -> {
            asked.add(e164);
            RoamingAnswer answer = whereabouts.getOrDefault(e164, RoamingAnswer.UNKNOWN);
            if (answer.state() != RoamingAnswer.State.TIMEOUT) {
                callback.accept(answer);
            }
        };
        activate(RuleSource.reference("KZ"));
    }

    private void activate(RuleSource source) {
        Activation activation = book.activate(source);
        assertInstanceOf(Activation.Activated.class, activation, activation::toString);
    }

    @AfterEach
    void close() {
        net.close();
    }

    /**
     * Columns: the call; what makes it one, where {@code -} is a From of its own, {@code to} the called number,
     * {@code trunk} the terms of the trunk, {@code pai} and {@code div} the two headers as tel URIs and anything else a line
     * of the INVITE; what the home network says of whom; what becomes of it; the rule in the record.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            T01 a landline from abroad            | pai +77172700000                              |                      | 603      | D10
            T02 forwarded by one who roams        | pai +77172700000 & div +77011112233           | +77011112233 TR      | passed   | X3
            T03 forwarded by one at home          | pai +77172700000 & div +77011112233           | +77011112233 home    | 603      | D16
            T04 roams where the trunk comes from  | pai +77011234567 & trunk TR                   | +77011234567 TR      | passed   |
            T06 a mobile that is at home          | pai +77011234567                              | +77011234567 home    | 603      | D11
            T06 a mobile nobody has               | pai +77011234567                              | +77011234567 nobody  | 603      | D11
            T07 the oracle is silent              | pai +77011234567                              | +77011234567 silence | withheld | D11
            T07 the oracle does not know          | pai +77011234567                              |                      | withheld | D11
            T11 a range of nobody                 | pai +76001234567                              |                      | 603      | D08
            T11 another                           | pai +70001234567                              |                      | 603      | D08
            T11 a range nobody confirms           | pai +77031234567                              |                      | labelled | D08
            T12 Russia is not home                | pai +74951234567                              |                      | passed   |
            T13 a service number                  | pai +78001234567                              |                      | 603      | D10
            T15 a national form                   | - <sip:87272501234@carrier.example>           |                      | 603      | D10
            T18 hidden, vouched for abroad        | - "Anonymous" <sip:anonymous@anonymous.invalid> & pai +447911123456 & Privacy: id | | passed |
            T19 hidden, vouched for by nobody     | - "Anonymous" <sip:anonymous@anonymous.invalid>                 |   | desk     | D03
            T21 never calls, whoever attests it   | pai +77270000505 & Identity: eyJhbGciOiJFUzI1NiIsInBwdCI6InNoYWtlbiIsInR5cCI6InBhc3Nwb3J0In0.eyJhdHRlc3QiOiJBIn0.c2ln;info=<https://c.example/x>;alg=ES256;ppt=shaken | | 603 | D12
            T21 never calls, shown only           | - <sip:+77270000505@carrier.example> & pai +442071234567        |   | 603      | D12
            T26 to 112, whoever calls             | to 112 & pai +447700900123                    |                      | passed   | N01
            T31 Identity is nobody's verdict here | pai +447911123456 & Identity: x.y.z;info=<http://127.0.0.1:8080/>;alg=none | | passed  |
            T38 parameters are no part of it      | P-Asserted-Identity: <tel:+77011234567;rn=+77019999999;npdi> | +77011234567 home | 603 | D11
            D01 no number at all                  | - <sip:unavailable@carrier.example>           |                      | 603      | D01
            D04 too short                         | pai +77011                                    |                      | 603      | D04
            D05 letters                           | P-Asserted-Identity: <sip:MICROSOFT@x>        |                      | 603      | D05
            D07 a country there is not            | pai +99912345678                              |                      | 603      | D07
            D09 a short code                      | P-Asserted-Identity: <sip:1414@x>             |                      | 603      | D09
            D13 the callee calls                  | pai +77172555555                              |                      | 603      | D13
            D14 home shown, abroad behind it      | - <sip:+77272501234@carrier.example> & pai +442071234567 |          | 603      | D14
            D20 a number known from fraud         | pai +447700900123                             |                      | desk     | D20
            X1 who roams calls home               | pai +77011234567                              | +77011234567 TR      | passed   |
            X2 who roams and calls through home   | pai +77011234567                              | +77011234567 S8HR    | 603      | D11
            X3 a trunk not believed on forwarding | pai +77172700000 & div +77011112233 & trunk disbelieved | +77011112233 TR | 603 | D10
            X3 nobody knows whether it roams      | pai +77172700000 & div +77011112233           |                      | withheld | X3
            X4 a foreign number forwards          | pai +77172700000 & div +905321234567 & trunk TR |                    | labelled | X4
            X4 of another country                 | pai +77172700000 & div +905321234567 & trunk DE |                    | 603      | D10
            X5 to a visitor's number              | pai +77172700000 & to +77019990123            |                      | passed   | X5
            X5 to the number beside               | pai +77172700000 & to +77019991123            |                      | 603      | D10
            X6 routed through abroad              | pai +77172700000 & trunk trombone             |                      | passed   | X6
            X6 a mobile so routed, nobody asked   | pai +77011234567 & trunk trombone             |                      | passed   | X6
            X7 registered for use abroad          | pai +77172000998                              |                      | passed   | X7
            X7 the number beside                  | pai +77172000997                              |                      | 603      | D10
            X8 a freephone number of the world    | pai +80012345678                              |                      | passed   |
            X8 a network of the world             | pai +882161234567                             |                      | passed   |
            X8 another one                        | pai +883510012345                             |                      | passed   |
            X8 a satellite                        | pai +8816123456789                            |                      | passed   |
            X9 ported, one prefix                 | P-Asserted-Identity: <tel:+77011234567;npdi>  | +77011234567 TR      | passed   |
            X9 ported, another prefix             | P-Asserted-Identity: <tel:+77471234567;npdi>  | +77471234567 TR      | passed   |
            """)
    void aCallAndWhatBecomesOfIt(String call, String given, String oracle, String effect, String rule)
            throws IOException {
        String from = FROM;
        String to = "+77172555555";
        List<String> lines = new ArrayList<>();
        for (String part : given.split(" & ", -1)) {
            if (part.startsWith("- ")) {
                from = "From: " + part.substring(2) + ";tag=f1";
            } else if (part.startsWith("to ")) {
                to = part.substring(3);
            } else if (part.startsWith("trunk ")) {
                net.contract = contract(part.substring(6));
            } else {
                lines.add(part.replaceFirst("^pai (.*)", "P-Asserted-Identity: <tel:$1>")
                        .replaceFirst("^div (.*)", "Diversion: <tel:$1>;reason=no-answer"));
            }
        }
        if (oracle != null) {
            String[] answer = oracle.split(" ", -1);
            whereabouts.put(E164.parse(answer[0]), answer(answer[1]));
        }
        net.start();
        String invite = net.invite("call-1", from, lines.toArray(new String[0])).replace("+77172555555", to);
        net.carrierSends(invite);
        net.carrier.expect("SIP/2.0 100");
        if (oracle != null && oracle.endsWith("silence")) {
            net.passUntil("the oracle is given up", Duration.ofMillis(160), () -> !net.records.isEmpty());
        }
        switch (effect) {
            case "603" -> isDeclined(invite, Verdict.Kind.REJECT, rule);
            case "passed" -> isForwardedAsItCame(invite, rule == null ? "" : rule);
            case "labelled" -> {
                String label = "⚠ Мошенник?";
                String forwarded = isForwarded(invite, from.replace("\"Bob\"", "\"" + label + " Bob\""));
                assertEquals(SipPeer.values(invite, "Privacy"), SipPeer.values(forwarded, "Privacy"));
                recorded(Verdict.Kind.LABEL, rule);
            }
            case "withheld" -> {
                String forwarded =
                        isForwarded(invite, "From: \"⚠ Мошенник?\" <sip:anonymous@anonymous.invalid>;tag=f1");
                assertEquals("id", SipPeer.value(forwarded, "Privacy"));
                assertEquals(
                        SipPeer.value(invite, "P-Asserted-Identity").replace(">", ";verstat=TN-Validation-Failed>"),
                        SipPeer.value(forwarded, "P-Asserted-Identity"));
                recorded(Verdict.Kind.WITHHOLD, rule);
            }
            case "desk" -> isTakenToTheDesk(invite, to, rule);
            default -> throw new AssertionError(effect);
        }
    }

    /** {@code disbelieved}, {@code trombone}, or the country whose callers the trunk may bring. */
    private static Contract contract(String words) {
        return switch (words) {
            case "disbelieved" -> new Contract(new Trust(true, false, false, false, true), Contract.DEFAULT.terms());
            case "trombone" -> new Contract(Trust.DEFAULT, new TrunkTerms(CountryCodeSet.EMPTY, true, true));
            default ->
                new Contract(
                        Trust.DEFAULT,
                        new TrunkTerms(CountryCodeSet.of(List.of(words.equals("TR") ? 90 : 49)), false, false));
        };
    }

    private static RoamingAnswer answer(String words) {
        return switch (words) {
            case "home" -> RoamingAnswer.HOME;
            case "nobody" -> RoamingAnswer.UNALLOCATED;
            case "silence" -> RoamingAnswer.TIMEOUT;
            case "S8HR" -> new RoamingAnswer(RoamingAnswer.State.ROAMING, "AE", RoamingAnswer.Mode.S8HR);
            default -> RoamingAnswer.roaming(words);
        };
    }

    private void isDeclined(String invite, Verdict.Kind verdict, String rule) {
        String decline = net.carrier.await("SIP/2.0 603 Decline");
        net.carrierSends(net.same("ACK", invite, SipPeer.value(decline, "To")));
        assertEquals("Q.850;cause=21;text=\"call rejected\"", SipPeer.value(decline, "Reason"));
        assertFalse(decline.contains(rule), decline);
        recorded(verdict, rule);
    }

    private void isForwardedAsItCame(String invite, String rule) {
        String forwarded = isForwarded(invite, "From: " + SipPeer.value(invite, "From"));
        for (String header : List.of("P-Asserted-Identity", "Diversion", "Privacy", "Identity")) {
            assertEquals(SipPeer.values(invite, header), SipPeer.values(forwarded, header));
        }
        recorded(Verdict.Kind.PASS, rule);
    }

    /** The core gets it, is busy, and the caller hears so. */
    private String isForwarded(String invite, String from) {
        String forwarded = net.core.expect(invite.substring(0, invite.indexOf('@') + 1));
        assertEquals(SipPeer.value(invite, "Call-ID"), SipPeer.value(forwarded, "Call-ID"));
        assertEquals(from, "From: " + SipPeer.value(forwarded, "From"));
        assertEquals(List.of(), SipPeer.values(forwarded, "X-Anticall-Verdict"));
        net.core.send(net.gateway(), SipPeer.response(forwarded, 486, "Busy Here", "t"));
        net.core.expect("ACK");
        String busy = net.carrier.expect("SIP/2.0 486");
        net.carrierSends(net.same("ACK", invite, SipPeer.value(busy, "To")));
        return forwarded;
    }

    private void isTakenToTheDesk(String invite, String to, String rule) {
        String taken = net.desk.expect("INVITE sip:desk@");
        DecisionRecord record = recorded(Verdict.Kind.DIVERT, rule);
        assertEquals(record.id(), SipPeer.value(taken, "X-Anticall-Verdict"));
        assertTrue(SipPeer.value(taken, "Diversion").contains(to), taken);
        assertEquals(SipPeer.value(invite, "From"), SipPeer.value(taken, "From"));
        net.desk.send(net.gateway(), SipPeer.response(taken, 180, "Ringing", "d"));
        String ringing = net.carrier.expect("SIP/2.0 180");
        assertFalse(ringing.contains("Anticall") || ringing.contains(rule) || ringing.contains("desk"), ringing);
    }

    /** The one record of the call, which the rules decide again in the same way. */
    private DecisionRecord recorded(Verdict.Kind verdict, String rule) {
        PathFixture.until("there is a record", () -> !net.records.isEmpty());
        DecisionRecord record = net.records.get(0);
        assertEquals(1, net.records.size());
        assertEquals(verdict, record.decision().verdict().kind());
        assertEquals(rule.isEmpty() ? null : rule, record.decision().rule());
        assertEquals(record.decision(), book.decide(record.facts()));
        return record;
    }

    @Test
    void t09AnOwnCallThatComesBackWithin120Seconds() throws IOException {
        try (SipPeer home = new SipPeer("home network")) {
            net.moreTrunks.add(new Trunk(
                    "to-abroad",
                    TrunkClass.OUTBOUND,
                    List.of(Objects.requireNonNull(Peer.parse(SipPeer.text(home.address())))),
                    "core",
                    Trunk.OnOverload.PASS,
                    Contract.DEFAULT,
                    TrunkLimits.NONE));
            net.start();
            whereabouts.put(E164.parse("+77011234567"), RoamingAnswer.HOME);
            decides("D11", MOBILE);
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
            decides("X4", MOBILE);
            decides("D10", LANDLINE);
            net.pass(Duration.ofSeconds(119));
            decides("X4", MOBILE);
            net.pass(Duration.ofSeconds(1));
            decides("D11", MOBILE);
        }
    }

    @Test
    void t22TheEighthCallInARowIsMarkedOnceTheRuleIsLive() throws IOException {
        RuleSource reference = RuleSource.reference("KZ");
        String text = reference.rules();
        int rule = text.indexOf("id: V05");
        int shadow = text.indexOf("    mode: shadow\n", rule);
        activate(new RuleSource() {
            @Override
            public String name() {
                return "reference with V05";
            }

            @Override
            public String rules() {
                return text.substring(0, shadow) + text.substring(text.indexOf('\n', shadow) + 1);
            }

            @Override
            public InputStream list(String file) throws IOException {
                return reference.list(file);
            }
        });
        net.start();
        for (int i = 0; i < 8; i++) {
            String invite = net.invite("row-" + i, "P-Asserted-Identity: <tel:+447911123456>")
                    .replace("+77172555555", "+7717255555" + i);
            net.carrierSends(invite);
            net.carrier.await("SIP/2.0 100");
            String shown = SipPeer.value(net.core.expect("INVITE"), "From");
            assertEquals(i == 7, shown.contains("Мошенник"), i + ": " + shown);
        }
        assertEquals(Verdict.Kind.LABEL, net.records.get(7).decision().verdict().kind());
    }

    @Test
    void t24AnOrderStopsAtItsEnd() throws IOException {
        Instant end = Instant.ofEpochMilli(net.clock.epochMillis()).plusSeconds(10);
        activate(RuleSource.text(
                "order",
                """
                home: KZ
                revision: 2
                legal-basis: {type: prosecutor-order, document: "17/2026", date: 2026-11-01, office: Prosecutor of Astana}
                rules:
                  - id: P1
                    stage: deterministic
                    priority: 10
                    title: {en: One number}
                    valid: {until: %s}
                    when: {trunk: international, caller: {number: ["+447911123456"]}}
                    then: reject
                    reason: {en: By order.}
                """
                        .formatted(end)));
        net.start();
        net.pass(Duration.ofSeconds(10).minusMillis(1));
        decides("P1", "P-Asserted-Identity: <tel:+447911123456>");
        net.pass(Duration.ofMillis(1));
        decides("", "P-Asserted-Identity: <tel:+447911123456>");
        assertTrue(
                book.explain(net.records.get(0).facts()).toString().contains("EXPIRED"),
                () -> book.explain(net.records.get(0).facts()).toString());
    }

    @Test
    void t28NoFailureOfTheRulesIsA5xx() throws IOException {
        net.judge = facts -> {
            throw new IllegalStateException("the rules are broken");
        };
        net.start();
        net.carrierSends(net.invite("t28", LANDLINE));
        net.carrier.expect("SIP/2.0 100");
        net.core.expect("INVITE");
        assertEquals(0, net.path.counters().path().replies(5));
        assertTrue(net.path.alarm().isRinging(FailOpen.ENGINE, Duration.ofMinutes(1)));
    }

    @Test
    void t30RepeatedThreeTimesItIsJudgedAndCountedOnce() throws IOException {
        net.start();
        String invite = net.invite("t30", LANDLINE);
        for (int i = 0; i < 4; i++) {
            net.carrierSends(invite);
        }
        isDeclined(invite, Verdict.Kind.REJECT, "D10");
        PathFixture.until(
                "all are absorbed",
                () -> net.path.counters().path().retransmissionsAbsorbed.sum() == 3);
        assertEquals(1, net.records.size());
        assertEquals(1, net.judged.size());
        assertEquals(1, net.path.counters().path().calls.sum());
    }

    @Test
    void x9APortedNumberIsAskedForWhole() throws IOException {
        net.start();
        whereabouts.put(E164.parse("+77471234567"), RoamingAnswer.roaming("TR"));
        decides("", "P-Asserted-Identity: <tel:+77471234567;npdi;rn=+77019999999>");
        assertEquals(List.of(77471234567L), asked);
    }

    /** A call with that line, on a path that runs; it is passed on if {@code rule} is empty or an exception, else refused. */
    private void decides(String rule, String line) {
        net.records.clear();
        String invite = net.invite("call-" + ++calls, line);
        net.carrierSends(invite);
        net.carrier.await("SIP/2.0 100");
        if (rule.isEmpty() || rule.startsWith("X")) {
            isForwardedAsItCame(invite, rule);
        } else {
            isDeclined(invite, Verdict.Kind.REJECT, rule);
        }
    }
}
