package org.anticall.ops.publish;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.order.Order;
import org.anticall.ops.order.PackedNumbers;
import org.anticall.ops.store.AllowEntries;
import org.anticall.ops.store.Database;
import org.anticall.ops.store.OrderChanges;
import org.anticall.ops.store.Orders;
import org.anticall.ops.store.Revisions;
import org.anticall.rules.RuleBook;
import org.anticall.rules.RuleSource;
import org.anticall.rules.bundle.BundleContents;
import org.anticall.rules.bundle.BundleSigner;
import org.anticall.rules.bundle.PartContent;
import org.anticall.rules.bundle.VerifiedBundle;
import org.anticall.rules.model.Reading;
import org.anticall.rules.model.RuleSet;
import org.anticall.rules.record.DecisionRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes revisions. One at a time: whatever is decided meanwhile waits for the next. Thread-safe.
 *
 * <ol>
 *   <li>the policy and the orders in force ({@link StandingOrders}) become a rule set ({@link Assembly});
 *   <li>it is compiled and rehearsed ({@link Rehearsal}); what is found is told and nothing happens;
 *   <li>it is signed as revision N+1 and kept together with the orders' new states, in one transaction, or, of very many, with
 *       their states right after it ({@link Settlement});
 *   <li>only then it lies on the {@link Shelf}, where gateways wait.
 * </ol>
 */
public final class Publisher {

    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    /** A gateway that was away longer does not take a revision of then; it waits for the next. */
    private static final Duration EXPIRES = Duration.ofDays(30);

    /** Whoever waits for the publisher comes first while the states of very many orders are written down. */
    private static final long TURN_NANOS = 5_000_000;

    private final String home;
    private final RevisionPlans plans;
    private final BundleSigner signer;
    private final Orders orders;
    private final Revisions revisions;
    private final StoredBundles bundles;
    private final AllowEntries allowed;
    private final Shelf shelf;
    private final Clock clock;

    /** Orders of the newest revision whose states are still to be written down. */
    private final Settlement settlement;

    /** What gateways are to enforce now; empty before {@link #begin}. */
    private SortedMap<String, PartContent> current = new TreeMap<>();

    /**
     * A publisher.
     *
     * @param home ISO 3166-1 alpha-2 code
     * @param policy rules that hold besides all orders
     * @param keys the pair whose public half gateways have pinned, and those that signed before
     */
    public Publisher(String home, RuleSource policy, BundleKeys keys, Database database, Shelf shelf, Clock clock) {
        this.home = home;
        this.plans = new RevisionPlans(home, policy, database, clock);
        this.signer = new BundleSigner(keys.signing());
        this.orders = database.orders();
        this.settlement = new Settlement(orders);
        this.revisions = database.revisions();
        this.bundles = new StoredBundles(home, keys.known(), revisions);
        this.allowed = database.allowEntries();
        this.shelf = shelf;
        this.clock = clock;
    }

    /**
     * What the next revision would be.
     *
     * @param assembled how often orders in force had changed when it was made of them
     * @param touched orders in force, all that come, go or change among them
     * @param orders those that the revision would have
     */
    public record Plan(
            OrderChanges assembled, List<Order> touched, RevisionOrders orders, RuleParts parts, Rehearsal rehearsal) {
        public Plan {
            touched = List.copyOf(touched);
        }
    }

    /**
     * Puts the newest revision on the shelf, or makes the first one out of the policy alone. Where the newest was signed with
     * a former key, its content becomes the next revision, signed with the present one. Call it once, at the start.
     */
    public synchronized void begin() throws PublishRefused {
        Revision newest = revisions.newest().orElse(null);
        if (newest == null) {
            publish(Actor.CENTRE, "the policy that the centre began with", each -> false);
        } else {
            settlement.takeUp(newest, clock.instant());
            bundles.newest(bundles.of(newest.revision()));
            current = bundles.partsOf(newest.revision());
            shelf.put(new Shelf.Ready(bundles.of(newest.revision()), bundles));
            if (!bundles.of(newest.revision()).keyId().equals(signer.keyId())) {
                again(Actor.CENTRE, newest, contentOf(newest), current, "signed with the key " + signer.keyId());
            }
            readAheadIfMany(newest.orders().size());
        }
    }

    /**
     * Where many orders changed, writes their states down and then reads and compiles what is in force, beside everything else,
     * so that the next order that changes does not wait for it.
     *
     * @param orders that have not been read since they changed
     */
    private void readAheadIfMany(int orders) {
        if (orders > Settlement.MOST_TOGETHER) {
            Thread ahead = new Thread(this::settleAndReadAhead, "orders-ahead");
            ahead.setDaemon(true);
            ahead.start();
        }
    }

    private void settleAndReadAhead() {
        try {
            while (settleSome()) {
                LockSupport.parkNanos(TURN_NANOS);
            }
            plans.book(each -> false, null);
        } catch (PublishRefused | RuntimeException failed) {
            LOG.atWarn()
                    .addKeyValue("reason", failed.getMessage())
                    .log("what is in force could not be read ahead, the next revision reads it");
        }
    }

    private synchronized boolean settleSome() {
        return settlement.next();
    }

    /** The next revision with everything that is approved, tried and not made. */
    public Plan plan() throws PublishRefused {
        return plans.plan(each -> true, clock.instant());
    }

    /**
     * Makes the next revision.
     *
     * @param by who publishes
     * @param chosen which of the newly approved orders come into force; those in the gateways stay there in any case
     * @throws PublishRefused if the rule set is not well or somebody was faster; the revision before stays in force
     */
    public synchronized Revision publish(Actor by, String why, Predicate<Order> chosen) throws PublishRefused {
        Instant now = clock.instant();
        Plan plan = plans.plan(each -> settlement.isWaiting(each.id()) || chosen.test(each), now);
        if (!plan.rehearsal().isWell()) {
            throw new PublishRefused(
                    "rehearsal",
                    "The rule set is not well, nothing was published.",
                    plan.rehearsal().problems());
        }
        long number = revisions.newest().map(Revision::revision).orElse(0L) + 1;
        UnaryOperator<Order> step =
                each -> each.isOver(now) ? each.expire(now) : chosen.test(each) ? each.published(number, now) : each;
        List<Order> changed = new ArrayList<>();
        for (Order each : plan.touched()) {
            Order next = step.apply(each);
            if (next.version() != each.version() && !settlement.isWaiting(each.id())) {
                changed.add(next);
            }
        }
        Revision revision = new Revision(
                number,
                number,
                plan.rehearsal().hash(),
                plan.rehearsal().rules(),
                plan.orders(),
                now,
                by.person(),
                by.account(),
                why);
        AuditEntry entry = keep(revision, plan.parts().parts(), plan.assembled(), Settlement.together(changed), by);
        settlement.later(changed, step, entry);
        readAheadIfMany(changed.size());
        return revision;
    }

    /**
     * Makes the next revision with the content of an older one. Orders keep their states; the next {@link #publish} goes on
     * from them.
     *
     * @throws PublishRefused if there is no such revision or it does not compile any more
     */
    public synchronized Revision rollBack(Actor by, long to, String why) throws PublishRefused {
        Revision old = revisions
                .find(to)
                .orElseThrow(() -> new PublishRefused("unknown", "There is no revision " + to + ".", List.of()));
        return again(by, old, old.contentOf(), bundles.partsOf(to), why);
    }

    /**
     * Makes the allow entries as they stand now the gateways' own, in a revision that changes nothing else.
     *
     * @return the revision that has them all: a new one, or the newest if nothing is to be done
     * @throws PublishRefused if it cannot be made; {@link #free} may be called again
     */
    public synchronized Revision free(Actor by, String why) throws PublishRefused {
        Instant now = clock.instant();
        PartContent list = current.get(AllowList.PART);
        Revision newest = revisions.newest().orElseThrow();
        if (list != null && AllowList.says(list.exact(), allowed.holding(now), now)) {
            return newest;
        }
        return again(by, newest, contentOf(newest), current, why);
    }

    /** Whose content the revision after {@code newest} has if it changes no order: after a rollback still the old one's. */
    private static long contentOf(Revision newest) {
        return newest.isRollback() ? newest.contentOf() : newest.revision() + 1;
    }

    /** The content of {@code old} as the next revision, with the allow entries as they stand now: who is free stays free. */
    private Revision again(Actor by, Revision old, long contentOf, SortedMap<String, PartContent> content, String why)
            throws PublishRefused {
        Instant now = clock.instant();
        SortedMap<String, PartContent> parts = withAllowed(content, now);
        Rehearsal rehearsal = Rehearsal.of(home, new RuleParts(parts), List.of(), now.toEpochMilli(), plans.compiled());
        if (!rehearsal.isWell()) {
            throw new PublishRefused(
                    "rehearsal", "Revision " + old.revision() + " does not compile.", rehearsal.problems());
        }
        long number = revisions.newest().map(Revision::revision).orElse(0L) + 1;
        Revision revision = new Revision(
                number,
                contentOf,
                rehearsal.hash(),
                rehearsal.rules(),
                old.orders(),
                now,
                by.person(),
                by.account(),
                why);
        keep(revision, parts, orders.changes(), List.of(), by);
        return revision;
    }

    /**
     * A list that a plan has otherwise than the gateways.
     *
     * @param before how many numbers it has there, 0 if they do not have it
     * @param after how many it would have
     */
    public record ChangedList(String list, long before, long after) {}

    /** The lists of orders that {@code plan} has otherwise than the revision in force, by name. */
    public synchronized List<ChangedList> changedLists(Plan plan) {
        List<ChangedList> changed = new ArrayList<>();
        plan.parts().parts().forEach((name, after) -> {
            PartContent before = current.getOrDefault(name, PartContent.of(new byte[0]));
            if (name.startsWith(Assembly.MANAGED) && !after.equals(before)) {
                changed.add(new ChangedList(
                        name.substring(Assembly.MANAGED.length(), name.length() - Assembly.CSV.length()),
                        PackedNumbers.count(before.exact()),
                        PackedNumbers.count(after.exact())));
            }
        });
        return changed;
    }

    /** Ends orders whose time is over: in a new revision without them, or, after a rollback, only on paper. */
    public synchronized void expire() throws PublishRefused {
        settlement.next(); // where the database refused it when it was due
        Instant now = clock.instant();
        List<Long> over = orders.over(now);
        if (over.isEmpty()) {
            return;
        }
        if (revisions.newest().filter(Revision::isRollback).isEmpty()) {
            publish(Actor.CENTRE, "orders whose time is over: " + over, each -> false);
            return;
        }
        for (long id : over) {
            Order order = orders.find(id).orElseThrow();
            AuditEntry entry = AuditEntry.of(now, Actor.CENTRE, "order.expired", "order " + id);
            orders.change(id, order.version(), each -> each.expire(now), entry);
        }
    }

    /**
     * Judges recorded calls with what is in force and with what would be.
     *
     * @param draft an order that would act besides everything approved, null for none
     * @throws PublishRefused if one of the two does not compile
     */
    public Backtest backtest(@Nullable Order draft, List<DecisionRecord> records) throws PublishRefused {
        return Backtest.of(plans.book(each -> false, null), plans.book(each -> true, draft), records);
    }

    /**
     * The rule book that calls of the past or of now can be tried on, everything approved in it.
     *
     * @param draft an order that acts in it as well, null for none
     * @throws PublishRefused if it does not compile
     */
    public RuleBook tried(@Nullable Order draft) throws PublishRefused {
        return plans.book(each -> true, draft);
    }

    /** @throws PublishRefused if the key does not sign, as that of a token that was taken away */
    private byte[] signed(BundleContents contents) throws PublishRefused {
        try {
            return signer.signApart(contents);
        } catch (IllegalStateException unsigned) {
            Throwable cause = unsigned.getCause() == null ? unsigned : unsigned.getCause();
            throw new PublishRefused("signer", "Nothing was signed: " + cause.getMessage(), List.of());
        }
    }

    /** @return the revision's link of the trail */
    private AuditEntry keep(
            Revision revision,
            SortedMap<String, PartContent> parts,
            OrderChanges assembled,
            List<Order> changed,
            Actor by)
            throws PublishRefused {
        BundleContents contents = new BundleContents(
                home,
                revision.revision(),
                revision.revision() - 1,
                revision.at(),
                revision.at().plus(EXPIRES),
                new TreeMap<>(parts));
        VerifiedBundle bundle = bundles.verified(signed(contents), revision, contents);
        String action = revision.isRollback() ? "revision.rollback" : "revision.publish";
        String details = "{\"hash\":\"" + revision.hash() + "\",\"rules\":" + revision.rules() + ",\"contentOf\":"
                + revision.contentOf() + "}";
        AuditEntry entry =
                new AuditEntry(revision.at(), by, action, "revision " + revision.revision(), details, revision.why());
        if (!revisions.add(revision, bundle, assembled, changed, entry)) {
            throw new PublishRefused(
                    "outdated", "An order or a revision changed meanwhile; look at it again.", List.of());
        }
        current = new TreeMap<>(parts);
        bundles.newest(bundle);
        shelf.put(new Shelf.Ready(bundle, bundles));
        return entry;
    }

    /**
     * What a revision says, rule by rule and list by list.
     *
     * @throws PublishRefused if there is no such revision or it is damaged
     */
    public RuleSet ruleSet(long number) throws PublishRefused {
        RuleSource source = new RuleParts(bundles.partsOf(number)).source();
        try {
            if (source.read(plans.compiled()) instanceof Reading.Read read) {
                return read.ruleSet();
            }
        } catch (IOException unreadable) {
            throw new PublishRefused("damaged", String.valueOf(unreadable.getMessage()), List.of());
        }
        throw new PublishRefused("damaged", "Revision " + number + " cannot be read any more.", List.of());
    }

    /** What the next revision would be, and what it is made of. */
    RevisionPlans plans() {
        return plans;
    }

    private SortedMap<String, PartContent> withAllowed(SortedMap<String, PartContent> parts, Instant now)
            throws PublishRefused {
        try {
            return AllowList.in(parts, allowed.holding(now));
        } catch (IOException damaged) {
            throw new PublishRefused("damaged", "The rule file is no JSON: " + damaged.getMessage(), List.of());
        }
    }
}
