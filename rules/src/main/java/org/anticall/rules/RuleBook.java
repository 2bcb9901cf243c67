package org.anticall.rules;

import com.github.benmanes.caffeine.cache.stats.CacheStats;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anticall.rules.bundle.VerifiedBundle;
import org.anticall.rules.call.CallEnd;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Explanation;
import org.anticall.rules.call.Readings;
import org.anticall.rules.call.Screening;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.compile.Compilation;
import org.anticall.rules.compile.RuleCompiler;
import org.anticall.rules.compile.RuleLint;
import org.anticall.rules.engine.BehaviourCounters;
import org.anticall.rules.engine.CompiledSnapshot;
import org.anticall.rules.engine.GaugePlan;
import org.anticall.rules.model.KnownLists;
import org.anticall.rules.model.LegalBasis;
import org.anticall.rules.model.OrderLine;
import org.anticall.rules.model.Orders;
import org.anticall.rules.model.Place;
import org.anticall.rules.model.Reading;
import org.anticall.rules.model.Rule;
import org.anticall.rules.model.RuleProblem;
import org.anticall.rules.model.RuleSet;
import org.anticall.rules.number.NumberNormalizer;
import org.anticall.rules.number.NumberingPlan;

/**
 * The rules of one home country: takes rule sets live, judges calls, explains verdicts.
 *
 * <p>Thread-safe. Judging reads one volatile reference to an immutable snapshot; a rule set goes live by one write to it,
 * or, if anything is wrong with it, not at all. Until the first activation every call passes.
 */
public final class RuleBook {

    private final NumberingPlan plan;
    private final NumberNormalizer numbers;
    private final RuleCompiler compiler;
    private final BehaviourCounters counters;
    private final KnownLists lists;
    private volatile CompiledSnapshot active;
    private volatile Map<String, String> documents = Map.of();
    private volatile Orders orders = Orders.NONE;
    private volatile CacheStats profilesOfEarlierSets = CacheStats.empty();

    private RuleBook(NumberingPlan plan, long maxCounterBytes, KnownLists lists) {
        this.plan = plan;
        this.lists = lists;
        this.counters = new BehaviourCounters(plan, maxCounterBytes);
        this.numbers = new NumberNormalizer(plan);
        this.compiler = new RuleCompiler(plan);
        this.active = compiler.empty();
    }

    /**
     * A book without rules for {@code home}.
     *
     * @param home ISO 3166-1 alpha-2 code
     * @throws IllegalArgumentException naming the known countries
     */
    public static RuleBook forHome(String home) {
        return forHome(home, BehaviourCounters.MIN_MAX_BYTES);
    }

    /**
     * A book without rules for {@code home}, for judging a carrier's calls.
     *
     * @param home ISO 3166-1 alpha-2 code
     * @param maxCounterBytes what the counters may take, at least {@link BehaviourCounters#MIN_MAX_BYTES}; taken at once
     * @throws IllegalArgumentException naming the known countries, or the least size
     */
    public static RuleBook forHome(String home, long maxCounterBytes) {
        return new RuleBook(NumberingPlan.of(home), maxCounterBytes, new KnownLists());
    }

    /**
     * A book without rules for {@code home}, for trying a rule set of which most was tried before.
     *
     * @param home ISO 3166-1 alpha-2 code
     * @param lists of the set that was tried last, in this book or another; from now on of the one that goes live here
     * @throws IllegalArgumentException naming the known countries
     */
    public static RuleBook forHome(String home, KnownLists lists) {
        return new RuleBook(NumberingPlan.of(home), BehaviourCounters.MIN_MAX_BYTES, lists);
    }

    /**
     * Takes a rule set live, unless it has a problem or one of its own tests fails. A set that names no revision becomes the
     * revision after the active one. Reading a list of millions takes
     * seconds, in which calls are judged with the old set; a list that the set before had as well is not read again.
     */
    public synchronized Activation activate(RuleSource source) {
        Reading reading;
        try {
            reading = source.read(lists);
        } catch (IOException unreadable) {
            return rejected(source.name(), "cannot be read: " + unreadable.getMessage());
        }
        if (reading instanceof Reading.Unreadable unreadable) {
            return new Activation.Rejected(unreadable.problems());
        }
        Reading.Read read = (Reading.Read) reading;
        long written = read.ruleSet().revision();
        long due = source.revision() == 0 ? active.revision() + 1 : source.revision();
        if (source.revision() != 0 && written != 0 && written != due) {
            return rejected(source.name(), "the rules say revision " + written + ", the bundle " + due);
        }
        Compilation compilation = compiler.compile(read.ruleSet(), written == 0 ? due : written);
        if (compilation instanceof Compilation.Faulty faulty) {
            return new Activation.Rejected(faulty.problems());
        }
        CompiledSnapshot snapshot = ((Compilation.Compiled) compilation).snapshot();
        List<RuleProblem> failed = new TestRun(numbers, snapshot::decide).problems(read.tests());
        if (!failed.isEmpty()) {
            return new Activation.Rejected(failed);
        }
        profilesOfEarlierSets = profileStats();
        active = snapshot;
        documents = documents(read.ruleSet());
        orders = read.ruleSet().orders();
        lists.keep(read);
        return new Activation.Activated(
                snapshot.revision(),
                snapshot.hash(),
                snapshot.size(),
                read.tests().size());
    }

    /** Takes a bundle live, as its revision; refuses one that is not above the active revision. */
    public synchronized Activation activate(VerifiedBundle bundle) {
        long revision = bundle.manifest().revision();
        return revision > active.revision()
                ? activate(RuleSource.bundle(bundle))
                : rejected(
                        "bundle",
                        "revision " + revision + ", expected one above the active revision " + active.revision());
    }

    private static Activation.Rejected rejected(String file, String message) {
        return new Activation.Rejected(List.of(new RuleProblem(Place.of(file), message)));
    }

    /**
     * What in a rule set keeps it from going live, or, if nothing does, what deserves a second look: rules that no call
     * reaches, that are over, that stop half a country, that other lists contradict.
     *
     * @param now what is over is told as of this instant
     */
    public List<RuleProblem> lint(RuleSource source, Instant now) {
        Reading reading;
        try {
            reading = source.read(lists);
        } catch (IOException unreadable) {
            return List.of(new RuleProblem(Place.of(source.name()), "cannot be read: " + unreadable.getMessage()));
        }
        if (reading instanceof Reading.Unreadable unreadable) {
            return unreadable.problems();
        }
        RuleSet set = ((Reading.Read) reading).ruleSet();
        return compiler.compile(set, Math.max(1, set.revision())) instanceof Compilation.Faulty faulty
                ? faulty.problems()
                : RuleLint.findings(set, plan, now);
    }

    /**
     * Counts a call that is about to be judged, once, and returns its facts with what the counters say, the call itself
     * counted in. Safe on any thread; allocates only what it returns.
     */
    public CallFacts observe(CallFacts facts) {
        GaugePlan gauges = active.gauges();
        int[] values = new int[gauges.size()];
        counters.observe(facts, gauges, values);
        return facts.withReadings(Readings.of(gauges.shared(), values));
    }

    /** Tells the counters the verdict of a call that was observed. Safe on any thread; allocates nothing. */
    public void decided(CallFacts facts, Verdict.Kind verdict) {
        if (verdict == Verdict.Kind.REJECT) {
            counters.rejected(facts);
        }
    }

    /** Tells the counters how a call that was observed went on. Safe on any thread; allocates nothing. */
    public void ended(CallEnd end) {
        counters.ended(end);
    }

    /** What is remembered of many calls: to save and restore it, reset a number, or tell what operators found out. */
    public BehaviourCounters counters() {
        return counters;
    }

    /** What happens to the call, or whose roaming state must be known first. Allocates nothing for calls that pass. */
    public Screening decide(CallFacts facts) {
        return active.decide(facts);
    }

    /** The same decision, and what every rule has to say. */
    public Explanation explain(CallFacts facts) {
        return active.explain(facts);
    }

    /** Document that orders the rule with that id in the active set, empty if there is no such rule or document. */
    public String order(String rule) {
        String document = documents.get(rule);
        OrderLine order = document == null ? orders.find(rule) : null;
        return document != null ? document : order == null ? "" : order.basis().document();
    }

    private static Map<String, String> documents(RuleSet set) {
        Map<String, String> documents = new HashMap<>();
        for (Rule rule : set.rules()) {
            LegalBasis basis = rule.basis();
            if (basis != null) {
                documents.put(rule.id(), basis.document());
            }
        }
        return Map.copyOf(documents);
    }

    /** The lists of the active rule set, and how many were read so far. */
    public KnownLists lists() {
        return lists;
    }

    /** Revision of the active rule set, 0 if there is none. */
    public long revision() {
        return active.revision();
    }

    /** SHA-256 of the active rule set's canonical bytes in hex, empty if there is none. */
    public String hash() {
        return active.hash();
    }

    /** How often a caller's number was, and was not, known from a call before, since the book was opened. */
    public CacheStats profileStats() {
        return profilesOfEarlierSets.plus(active.profiles().stats());
    }

    /** Reads numbers as they are written in the home country and between countries. */
    public NumberNormalizer numbers() {
        return numbers;
    }

    /** The home country's numbering plan. */
    public NumberingPlan plan() {
        return plan;
    }
}
