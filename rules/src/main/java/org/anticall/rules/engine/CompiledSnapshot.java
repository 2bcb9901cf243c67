package org.anticall.rules.engine;

import java.util.ArrayList;
import java.util.List;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.Decision.Basis;
import org.anticall.rules.call.Explanation;
import org.anticall.rules.call.LocalizedText;
import org.anticall.rules.call.RoamingQuery;
import org.anticall.rules.call.RoamingQuery.Party;
import org.anticall.rules.call.Screening;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.engine.CompiledRule.CompiledCase;
import org.anticall.rules.number.PartyNumber;
import org.jspecify.annotations.Nullable;

/**
 * A rule set ready to judge calls: the rules in order of evaluation, with every table and every decision made
 * beforehand. Deeply immutable, so any number of threads judge with it, and a new one goes live by one volatile write;
 * what its tables said of callers is remembered beside it and goes when it goes.
 *
 * <p>The first acting rule that decides, decides; where none does, the points that rules gave decide. A roaming state is
 * asked for only when an acting rule whose turn it is hangs on it. Rules in shadow are evaluated after the decision and
 * only leave their ids in it. Orders of tables take their turns among the rules, see {@link CompiledOrders}. A decision
 * depends on the facts, their readings among them, and on nothing else.
 */
public final class CompiledSnapshot {

    private static final LocalizedText NO_RULE = new LocalizedText(
            "No rule speaks against this call.",
            "Ни одно правило не возражает против этого звонка.",
            "Бұл қоңырауға ешбір ереже қарсы емес.");

    private final NumberProfiles profiles;
    private final long revision;
    private final String hash;
    private final GaugePlan gauges;
    private final ScoreSteps steps;
    private final CompiledRule[] rules;
    private final CompiledRule[] acting;
    private final CompiledRule[] watching;
    private final CompiledOrders orders;
    private final Decision noRule;

    /**
     * A snapshot of {@code rules}.
     *
     * @param profiles what the set's tables say of numbers, nothing remembered yet
     * @param revision of the rule set, 0 if none is active
     * @param hash of the rule set, empty if none is active
     * @param gauges what the rules want counted
     * @param steps what points lead to
     * @param rules in order of evaluation
     * @param orders that take their turns among the rules
     */
    public CompiledSnapshot(
            NumberProfiles profiles,
            long revision,
            String hash,
            GaugePlan gauges,
            ScoreSteps steps,
            List<CompiledRule> rules,
            CompiledOrders orders) {
        this.profiles = profiles;
        this.revision = revision;
        this.hash = hash;
        this.gauges = gauges;
        this.steps = steps;
        this.rules = rules.toArray(CompiledRule[]::new);
        this.acting = rules.stream().filter(rule -> !rule.acting().isForNone()).toArray(CompiledRule[]::new);
        this.watching = rules.stream().filter(rule -> !rule.acting().isForAll()).toArray(CompiledRule[]::new);
        this.orders = orders;
        this.noRule = new Decision(new Verdict.Pass(), Basis.NO_RULE, null, NO_RULE, revision, hash, List.of());
    }

    public long revision() {
        return revision;
    }

    /** SHA-256 of the rule set's canonical bytes in hex. */
    public String hash() {
        return hash;
    }

    /** What the rules want counted. */
    public GaugePlan gauges() {
        return gauges;
    }

    /** What its tables said of callers, remembered. */
    public NumberProfiles profiles() {
        return profiles;
    }

    /** How many rules and orders there are, those in shadow included. */
    public int size() {
        return rules.length + orders.size();
    }

    /** What happens to the call, or whose roaming state must be known first. */
    public Screening decide(CallFacts facts) {
        return decide(facts, CallView.of(facts, profiles));
    }

    /** The decision and what every rule has to say, and every order that names a number of the caller. */
    public Explanation explain(CallFacts facts) {
        long classes = CallView.of(facts, profiles);
        List<Explanation.Tried> tried = new ArrayList<>(rules.length);
        int order = orders.naming(facts, CompiledOrders.BEGIN);
        for (CompiledRule rule : rules) {
            for (; orders.turn(order) < rule.turn(); order = orders.naming(facts, order)) {
                tried.add(orders.rule(order).explain(facts, classes));
            }
            tried.add(rule.explain(facts, classes));
        }
        for (; order != CompiledOrders.END; order = orders.naming(facts, order)) {
            tried.add(orders.rule(order).explain(facts, classes));
        }
        return new Explanation(decide(facts, classes), tried);
    }

    private Screening decide(CallFacts facts, long classes) {
        Tally tally = null;
        int named = orders.first(facts);
        int order = orders.hit(facts, true, named);
        long turnOfOrder = orders.turn(order);
        for (CompiledRule rule : acting) {
            if (turnOfOrder < rule.turn()) {
                break;
            }
            if (!rule.isInForceAt(facts.atEpochMillis()) || !rule.acting().isFor(facts)) {
                continue;
            }
            CompiledCase open = rule.firstOpen(facts, classes);
            if (open == null) {
                continue;
            }
            Truth truth = rule.holds(open, facts, classes);
            if (!truth.isKnown()) {
                return query(truth, facts);
            }
            Effect effect = open.effect();
            Decision decision = effect.decision();
            if (decision != null) {
                Decision whole = tally == null ? decision : tally.in(decision);
                return rule.isExempting() ? decision : withShadowHits(whole, facts, classes, named);
            }
            if (!effect.isNone()) {
                tally = tally == null ? new Tally() : tally;
                tally.add(rule, effect);
            }
        }
        if (order != CompiledOrders.END) {
            Decision decision = orders.decision(order);
            return withShadowHits(tally == null ? decision : tally.in(decision), facts, classes, named);
        }
        return withShadowHits(tally == null ? noRule : tally.decide(steps, noRule), facts, classes, named);
    }

    private static RoamingQuery query(Truth need, CallFacts facts) {
        return need == Truth.NEEDS_CALLER
                ? new RoamingQuery(Party.CALLER, PartyNumber.e164(facts.caller()))
                : new RoamingQuery(Party.REDIRECTING, PartyNumber.e164(facts.redirecting()));
    }

    private Decision withShadowHits(Decision decision, CallFacts facts, long classes, int named) {
        List<String> hits = null;
        int order = orders.hit(facts, false, named);
        for (CompiledRule rule : watching) {
            for (; orders.turn(order) < rule.turn(); order = nextHit(facts, order)) {
                hits = with(hits, orders.id(order));
            }
            if (isShadowHit(rule, facts, classes)) {
                hits = with(hits, rule.id());
            }
        }
        for (; order != CompiledOrders.END; order = nextHit(facts, order)) {
            hits = with(hits, orders.id(order));
        }
        return hits == null
                ? decision
                : new Decision(
                        decision.verdict(),
                        decision.basis(),
                        decision.rule(),
                        decision.reason(),
                        decision.revision(),
                        decision.ruleSetHash(),
                        hits,
                        decision.score(),
                        decision.scored(),
                        decision.alerts());
    }

    /** The next order in shadow that hits. */
    private int nextHit(CallFacts facts, int order) {
        return orders.hit(facts, false, orders.naming(facts, order));
    }

    private static List<String> with(@Nullable List<String> hits, String id) {
        List<String> more = hits == null ? new ArrayList<>(2) : hits;
        more.add(id);
        return more;
    }

    private static boolean isShadowHit(CompiledRule rule, CallFacts facts, long classes) {
        if (!rule.isInForceAt(facts.atEpochMillis()) || rule.acting().isFor(facts)) {
            return false;
        }
        @Nullable CompiledCase open = rule.firstOpen(facts, classes);
        return open != null && !open.effect().isNone() && rule.holds(open, facts, classes) == Truth.TRUE;
    }
}
