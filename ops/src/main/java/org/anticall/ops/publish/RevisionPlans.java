package org.anticall.ops.publish;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.anticall.ops.order.Order;
import org.anticall.ops.publish.Assembly.Placed;
import org.anticall.ops.store.AllowEntries;
import org.anticall.ops.store.Database;
import org.anticall.ops.store.Revisions;
import org.anticall.rules.Activation;
import org.anticall.rules.RuleBook;
import org.anticall.rules.RuleSource;
import org.anticall.rules.bundle.Manifest;
import org.anticall.rules.model.KnownLists;
import org.anticall.rules.model.RuleProblem;
import org.jspecify.annotations.Nullable;

/**
 * What the next revision would be, and the rule books that drafts are tried on: the policy and the orders in force, put together
 * and compiled. Nothing is kept but what saves the next one from compiling it again. Thread-safe.
 */
final class RevisionPlans {

    /** Parts of a bundle for orders; the others are for lists and the policy. */
    private static final int MOST_TABLES = Manifest.MAX_PARTS - 200;

    private final String home;
    private final RuleSource policy;
    private final StandingOrders standing;
    private final Revisions revisions;
    private final AllowEntries allowed;
    private final ListTexts lists;
    private final Clock clock;

    /** The lists that were compiled last, so that an order that changes does not compile the millions beside it. */
    private final KnownLists compiled = new KnownLists();

    /**
     * @param home ISO 3166-1 alpha-2 code
     * @param policy rules that hold besides all orders
     */
    RevisionPlans(String home, RuleSource policy, Database database, Clock clock) {
        this.home = home;
        this.policy = policy;
        this.standing = new StandingOrders(database.orders());
        this.revisions = database.revisions();
        this.allowed = database.allowEntries();
        this.lists = new ListTexts(database.numberLists());
        this.clock = clock;
    }

    /**
     * The next revision, tried and not made.
     *
     * @param chosen which of the newly approved orders come into force; those in the gateways stay there in any case
     * @throws PublishRefused if there is no room for the orders, or the policy cannot be read
     */
    Publisher.Plan plan(Predicate<Order> chosen, Instant now) throws PublishRefused {
        StandingOrders.Standing orders = standing.at(now, chosen, 0);
        check(orders);
        RuleParts parts = assembled(new Assembly.Content(orders.tables(), orders.rules(), false), now);
        Rehearsal rehearsal =
                Rehearsal.of(home, parts, RehearsalSample.of(orders, this::newest), now.toEpochMilli(), compiled);
        return new Publisher.Plan(orders.changes(), orders.touched(), orders.names(), parts, rehearsal);
    }

    /**
     * A rule book that calls of the past or of now can be tried on. Orders hold from the beginning of time, so that they mean
     * calls of the past too; the draft is a rule whatever it means.
     *
     * @param chosen which of the newly approved orders act in it
     * @param draft an order that acts in it as well, null for none
     * @throws PublishRefused if it does not compile
     */
    RuleBook book(Predicate<Order> chosen, @Nullable Order draft) throws PublishRefused {
        StandingOrders.Standing now = standing.at(clock.instant(), chosen, draft == null ? 0 : draft.id());
        List<Placed> rules = new ArrayList<>(now.rules());
        if (draft != null) {
            rules.add(new Placed(draft.id(), draft.content(), false));
        }
        RuleBook book = RuleBook.forHome(home, compiled);
        RuleParts parts = assembled(new Assembly.Content(now.tables(), rules, true), clock.instant());
        if (book.activate(parts.source()) instanceof Activation.Rejected rejected) {
            throw new PublishRefused(
                    "rehearsal",
                    "The rule set does not compile.",
                    rejected.problems().stream().map(RuleProblem::toString).toList());
        }
        return book;
    }

    /** The orders in force. */
    StandingOrders standing() {
        return standing;
    }

    /** The lists that were compiled last. */
    KnownLists compiled() {
        return compiled;
    }

    private RevisionOrders newest() {
        return revisions.newest().map(Revision::orders).orElse(RevisionOrders.none());
    }

    /** What a rule file and a bundle have room for; orders of numbers, prefixes and ranges only take a part for each thousand. */
    private static void check(StandingOrders.Standing orders) throws PublishRefused {
        if (orders.rules().size() > Assembly.MOST_RULES) {
            throw new PublishRefused(
                    "too-many",
                    orders.rules().size() + " orders with a condition or a list are in force, a rule set has room for "
                            + Assembly.MOST_RULES + ".",
                    List.of());
        }
        if (orders.tables().size() > MOST_TABLES) {
            throw new PublishRefused(
                    "too-many",
                    "Orders of " + orders.tables().size() + " thousands of numbers are in force, a bundle has room for "
                            + MOST_TABLES + ".",
                    List.of());
        }
    }

    private RuleParts assembled(Assembly.Content orders, Instant now) throws PublishRefused {
        try {
            return Assembly.of(policy, orders, allowed.holding(now), lists::of);
        } catch (IOException unreadable) {
            throw new PublishRefused("policy", "The policy cannot be read: " + unreadable.getMessage(), List.of());
        }
    }
}
