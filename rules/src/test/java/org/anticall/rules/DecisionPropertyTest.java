package org.anticall.rules;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.anticall.rules.Activation.Activated;
import org.anticall.rules.bundle.BundleContents;
import org.anticall.rules.bundle.BundleLimits;
import org.anticall.rules.bundle.BundleSigner;
import org.anticall.rules.bundle.BundleVerifier;
import org.anticall.rules.bundle.Manifest;
import org.anticall.rules.bundle.PinnedKeys;
import org.anticall.rules.bundle.SigningKeys;
import org.anticall.rules.bundle.Verification;
import org.anticall.rules.bundle.Verification.Genuine;
import org.anticall.rules.call.Attestation;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.CountryCodeSet;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.Gauge;
import org.anticall.rules.call.Measure;
import org.anticall.rules.call.Passport;
import org.anticall.rules.call.Privacy;
import org.anticall.rules.call.Readings;
import org.anticall.rules.call.RoamingAnswer;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.call.TrunkTerms;
import org.anticall.rules.call.UserAgentFamily;
import org.anticall.rules.call.Verstat;
import org.anticall.rules.record.DecisionRecord;
import org.anticall.rules.record.DecisionRecordCodec;
import org.anticall.rules.record.MalformedRecordException;

/** Judging is a function of facts and rule set: whoever judges the same call again says the same. */
class DecisionPropertyTest {

    private static final Gauge[] GAUGES = {
        new Gauge(Measure.ATTEMPTS, 60, 0), new Gauge(Measure.ANSWER_RATIO, 3600, 5), new Gauge(Measure.STRANGERS, 0, 0)
    };

    private static final KeyPair KEYS = SigningKeys.generate();
    private static final Instant CREATED = Instant.parse("2026-11-21T09:00:00Z");
    private static final String LIST =
            """
            +90532*
            +447911123456;2026-12-15T00:00:00+05:00;ends while calls come
            +7717*
            1414
            """;

    private static final String[] CONDITIONS = {
        "caller: {list: black}",
        "presented: {list: black}",
        "redirecting: {list: black}",
        "trunk: international",
        "caller: {class: [home-fixed, foreign]}",
        "caller: {country: [44, 90], contracted: no}",
        "presented: {differs-from: asserted}",
        "caller: {neighbour-of: {callee: 6}}",
        "privacy: yes",
        "caller-roaming: roaming",
        "caller-roaming-mode: s8hr",
        "attestation: [a, b]",
        "verstat: failed",
        "passport: [stale, invalid]",
        "user-agent: [scanner, exchange]",
        "mark: [vendor-header, only-g729]",
        "time: 08:00..20:00",
        "weekday: sat..sun",
        "behaviour: {attempts: {within: 60s, at-least: 7}}",
        "behaviour: {answer-ratio: {within: 1h, at-most: 9, of-at-least: 5}}",
        "behaviour: {strangers: {at-least: 1}}",
        "fingerprint: \"0000000000000007\"",
        "caller: {plausible-length: no}",
        "not: {caller: {form: international}}",
        "any: [{returning: yes}, {hub: yes}]"
    };

    private static final String[] ACTIONS = {
        "pass",
        "continue",
        "{label: look}",
        "withhold",
        "divert",
        "{score: 20}",
        "{score: {points: 35, alert: yes}}",
        "{weigh: 130}",
        "alert",
        "{score: -15}"
    };

    private record Claim(Attestation attestation, Verstat verstat, Passport passport) {}

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void theRecordJudgedAgainWithTheSameBundleSaysTheSame(
            @ForAll("ruleFiles") String file, @ForAll("calls") CallFacts facts) throws MalformedRecordException {
        byte[] signed = signed(file);
        RuleBook book = book(signed, file);
        Decision decision = assertInstanceOf(Decision.class, book.decide(facts));
        byte[] line = DecisionRecordCodec.encode(record(facts, decision));

        DecisionRecord read = DecisionRecordCodec.decode(line);
        Replay replay = Replay.of(book(signed, file), read);

        assertEquals(List.of(), replay.differences());
        assertEquals(decision, replay.screening());
        assertEquals(decision, book.decide(facts), "what is remembered of numbers changes nothing");
        assertEquals(decision, book.explain(facts).screening());
        assertArrayEquals(line, DecisionRecordCodec.encode(record(read.facts(), (Decision) replay.screening())));
    }

    private static DecisionRecord record(CallFacts facts, Decision decision) {
        return new DecisionRecord(
                "0123456789ABCDEFGHJK",
                "gw-1",
                Instant.ofEpochMilli(facts.atEpochMillis()),
                "192.0.2.1:5060",
                "call-1",
                facts,
                new DecisionRecord.RawNumbers("", "", "", ""),
                decision,
                0,
                new byte[0]);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void theReferencePolicyNeitherThrowsNorChangesItsMind(@ForAll("calls") CallFacts facts) {
        CallFacts observed = Books.KZ.observe(facts);
        assertEquals(Books.KZ.decide(observed), Books.KZ.decide(observed));
        Books.KZ.observe(facts);
        assertEquals(Books.KZ.decide(observed), Books.KZ.explain(observed).screening());
    }

    /** Made once: counters of a book are not small. */
    private static final class Books {
        static final RuleBook KZ = RuleBook.forHome("KZ");

        static {
            assertInstanceOf(Activated.class, KZ.activate(RuleSource.reference("KZ")));
        }
    }

    private static byte[] signed(String file) {
        TreeMap<String, byte[]> parts = new TreeMap<>();
        parts.put(Manifest.RULES, file.getBytes(StandardCharsets.UTF_8));
        parts.put("black.csv", LIST.getBytes(StandardCharsets.UTF_8));
        return new BundleSigner(KEYS).sign(BundleContents.of("KZ", 7, 6, CREATED, CREATED.plusSeconds(60), parts));
    }

    private static RuleBook book(byte[] signed, String file) {
        Verification verification = new BundleVerifier(
                        PinnedKeys.of(List.of(KEYS.getPublic())), "KZ", BundleLimits.DEFAULT)
                .verify(signed, 0, CREATED);
        RuleBook book = RuleBook.forHome("KZ");
        Activation activation = book.activate(assertInstanceOf(Genuine.class, verification, verification::toString)
                .bundle());
        assertInstanceOf(Activated.class, activation, () -> activation + file);
        return book;
    }

    @Provide
    Arbitrary<String> ruleFiles() {
        Arbitrary<String> modes =
                Arbitraries.of("live", "shadow", "{canary: {share: 50%}}", "{canary: {trunk-name: transit-a}}");
        Arbitrary<String> whens = Arbitraries.of(CONDITIONS)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(parts -> parts.stream()
                        .map(part -> "{" + part + "}")
                        .reduce((first, second) -> first + ", " + second)
                        .orElseThrow());
        Arbitrary<String> terms = Arbitraries.of(
                "",
                "valid: {until: 2026-12-20T00:00:00+05:00}, ",
                "valid: {from: 2026-12-01T00:00:00+05:00, until: 2027-01-01T00:00:00+05:00}, ");
        Arbitrary<String> rules = Combinators.combine(modes, terms, whens, Arbitraries.of(ACTIONS))
                .as((mode, valid, when, then) -> "mode: " + mode + ", " + valid
                        + "title: t, stage: signs, when: {all: [" + when + "]}, then: " + then + "}\n");
        return rules.list().ofMinSize(1).ofMaxSize(8).map(DecisionPropertyTest::file);
    }

    private static String file(List<String> rules) {
        StringBuilder file = new StringBuilder(
                """
                home: KZ
                legal-basis: {type: law, document: d, date: 2026-11-01, office: o}
                lists: {black: {file: black.csv}}
                rules:
                """);
        for (int i = 0; i < rules.size(); i++) {
            file.append("  - {id: R")
                    .append(i)
                    .append(", priority: ")
                    .append(i + 1)
                    .append(", ")
                    .append(rules.get(i));
        }
        return file.toString();
    }

    @Provide
    Arbitrary<CallFacts> calls() {
        RuleBook book = Books.KZ;
        Arbitrary<Long> numbers = Arbitraries.of(
                        "+77172700000",
                        "+77011234567",
                        "+905321234567",
                        "447911123456",
                        "1414",
                        "anonymous",
                        "Bank",
                        "+76001234567")
                .map(book.numbers()::caller);
        Arbitrary<TrunkTerms> terms = Arbitraries.of(
                TrunkTerms.NONE,
                new TrunkTerms(CountryCodeSet.EMPTY, true, false),
                new TrunkTerms(CountryCodeSet.ofCountries(List.of("TR", "DE")), false, true));
        Arbitrary<RoamingAnswer> roaming = Arbitraries.of(
                RoamingAnswer.HOME,
                RoamingAnswer.UNKNOWN,
                RoamingAnswer.roaming("TR"),
                new RoamingAnswer(RoamingAnswer.State.ROAMING, "DE", RoamingAnswer.Mode.S8HR));
        Arbitrary<CallFacts.Builder> who = Combinators.combine(
                        numbers,
                        numbers,
                        numbers,
                        Arbitraries.of(TrunkClass.class),
                        terms,
                        roaming,
                        Arbitraries.longs().between(1_790_000_000_000L, 1_800_000_000_000L))
                .as((asserted, presented, redirecting, trunk, agreed, answer, at) -> CallFacts.on(
                                "transit-a", trunk, at)
                        .terms(agreed)
                        .asserted(asserted)
                        .presented(presented)
                        .redirecting(redirecting)
                        .callee(book.numbers().callee("+77172555555"))
                        .callerRoaming(answer)
                        .redirectingRoaming(answer));
        return Combinators.combine(
                        who,
                        Arbitraries.of(Privacy.class),
                        Combinators.combine(
                                        Arbitraries.of(Attestation.class),
                                        Arbitraries.of(Verstat.class),
                                        Arbitraries.of(Passport.class))
                                .as(Claim::new),
                        Arbitraries.of(UserAgentFamily.class),
                        Arbitraries.integers().between(0, (1 << 14) - 1),
                        Arbitraries.longs().between(0, 9),
                        Arbitraries.integers()
                                .between(-1, 64)
                                .array(int[].class)
                                .ofSize(GAUGES.length))
                .as((call, privacy, claim, agent, marks, print, values) -> call.privacy(privacy)
                        .verstat(claim.verstat())
                        .attestation(claim.attestation())
                        .passport(claim.passport())
                        .userAgent(agent)
                        .marks(marks)
                        .fingerprint(print)
                        .readings(Readings.of(GAUGES, values))
                        .build());
    }
}
