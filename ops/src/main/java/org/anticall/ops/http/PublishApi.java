package org.anticall.ops.http;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anticall.ops.order.Order;
import org.anticall.ops.order.OrderContent;
import org.anticall.ops.people.Permission;
import org.anticall.ops.publish.Assembly;
import org.anticall.ops.publish.GatewayReport;
import org.anticall.ops.publish.PublishRefused;
import org.anticall.ops.publish.Publisher;
import org.anticall.ops.publish.Revision;
import org.anticall.ops.publish.RevisionOrders;
import org.anticall.ops.publish.Roster;
import org.anticall.ops.store.Revisions;
import org.anticall.rules.RuleSetDiff;

/** {@code /api/revisions} and {@code /api/gateways}: from approved to enforced. */
final class PublishApi {

    private static final int MOST = 200;
    private static final int LONGEST_WHY = 2_000;
    private static final int MOST_NAMED = 20;

    /** A revision of more orders names only the first. */
    private static final int MOST_ORDERS_NAMED = 1_000;

    private final Publisher publisher;
    private final Revisions revisions;
    private final Roster roster;

    PublishApi(Publisher publisher, Revisions revisions, Roster roster) {
        this.publisher = publisher;
        this.revisions = revisions;
        this.roster = roster;
    }

    void addTo(Doors doors) {
        doors.get("/api/revisions", Permission.SEE_ORDERS, this::list);
        doors.get("/api/revisions/next", Permission.SEE_ORDERS, this::next);
        doors.get("/api/revisions/diff", Permission.SEE_ORDERS, this::difference);
        doors.post("/api/revisions", Permission.PUBLISH, this::publish);
        doors.post("/api/revisions/rollback", Permission.PUBLISH, this::rollBack);
        doors.get("/api/gateways", Permission.SEE_GATEWAYS, this::gateways);
    }

    private void list(Context context, Session session) {
        int most = (int) Math.min(MOST, Queries.number(context, "most", 50));
        Answers.send(
                context,
                200,
                Map.of(
                        "revisions",
                        revisions.latest(most).stream().map(this::view).toList()));
    }

    /** What the next revision would be, compiled and rehearsed. */
    private void next(Context context, Session session) {
        try {
            Publisher.Plan plan = publisher.plan();
            Revision newest = revisions.newest().orElse(null);
            RevisionOrders before = newest == null ? RevisionOrders.none() : newest.orders();
            List<String> added = plan.orders().without(before);
            List<String> removed = before.without(plan.orders());
            Map<String, Object> view = new LinkedHashMap<>();
            view.put("revision", (newest == null ? 0 : newest.revision()) + 1);
            view.put("rules", plan.rehearsal().rules());
            view.put("trials", plan.rehearsal().trials());
            view.put("problems", plan.rehearsal().problems());
            view.put("added", added);
            view.put("removed", removed);
            view.put(
                    "lists",
                    publisher.changedLists(plan).stream()
                            .map(each -> Map.of("list", each.list(), "before", each.before(), "after", each.after()))
                            .toList());
            view.put("titles", titles(plan, added, removed));
            view.put("unchanged", plan.orders().size() - added.size());
            Answers.send(context, 200, view);
        } catch (PublishRefused refused) {
            throw refusal(refused);
        }
    }

    private void difference(Context context, Session session) {
        long before = Queries.number(context, "before", 0);
        long after = Queries.number(context, "after", 0);
        try {
            RuleSetDiff diff = RuleSetDiff.between(publisher.ruleSet(before), publisher.ruleSet(after), MOST_NAMED);
            Answers.send(context, 200, DifferenceView.of(before, after, diff));
        } catch (PublishRefused refused) {
            throw refusal(refused);
        }
    }

    /** What each rule of an order that comes or goes is about, by its id. */
    private static Map<String, String> titles(Publisher.Plan plan, List<String> added, List<String> removed) {
        Set<String> told = new HashSet<>();
        added.forEach(each -> told.add(ruleIn(each)));
        removed.forEach(each -> told.add(ruleIn(each)));
        Map<String, String> titles = new LinkedHashMap<>();
        for (Order each : plan.touched()) {
            OrderContent content = each.content();
            if (told.contains(Assembly.ruleOf(each.id()))) {
                titles.put(Assembly.ruleOf(each.id()), content.basis().document() + ": " + content.title());
            }
        }
        return titles;
    }

    private static String ruleIn(String name) {
        return name.split(":", 2)[0];
    }

    private void publish(Context context, Session session) {
        Fields fields = new Fields(Answers.body(context));
        String why = fields.text("why", 0, LONGEST_WHY);
        long expected = fields.number("revision", 1, Long.MAX_VALUE);
        fields.check();
        long next = revisions.newest().map(Revision::revision).orElse(0L) + 1;
        if (expected != next) {
            throw new Refused(409, "outdated", "The next revision is " + next + ", not " + expected + ".");
        }
        try {
            Answers.send(context, 201, view(publisher.publish(session.from(context.ip()), why, each -> true)));
        } catch (PublishRefused refused) {
            throw refusal(refused);
        }
    }

    private void rollBack(Context context, Session session) {
        Fields fields = new Fields(Answers.body(context));
        long to = fields.number("to", 1, Long.MAX_VALUE);
        String why = fields.text("why", 3, LONGEST_WHY);
        fields.check();
        try {
            Answers.send(context, 201, view(publisher.rollBack(session.from(context.ip()), to, why)));
        } catch (PublishRefused refused) {
            throw refusal(refused);
        }
    }

    private void gateways(Context context, Session session) {
        long newest = revisions.newest().map(Revision::revision).orElse(0L);
        List<Map<String, Object>> views = new ArrayList<>();
        for (Roster.Gateway each : roster.gateways()) {
            Map<String, Object> view = new LinkedHashMap<>();
            view.put("node", each.node());
            view.put("revision", each.revision());
            view.put("hash", each.hash());
            view.put("upToDate", each.revision() == newest);
            view.put("afterMillis", each.afterMillis());
            view.put("refusedRevision", each.refusedRevision());
            view.put("reason", each.reason());
            view.put("lastContact", each.lastContact().toString());
            view.put("silent", roster.isSilent(each));
            views.add(view);
        }
        Answers.send(context, 200, Map.of("newest", newest, "gateways", views));
    }

    private Map<String, Object> view(Revision revision) {
        List<GatewayReport> reports = revisions.reports(revision.revision());
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("revision", revision.revision());
        view.put("contentOf", revision.contentOf());
        view.put("hash", revision.hash());
        view.put("rules", revision.rules());
        view.put("orders", revision.orders().names(MOST_ORDERS_NAMED));
        view.put("at", revision.at().toString());
        view.put("account", revision.account());
        view.put("why", revision.why());
        view.put(
                "enforced",
                reports.stream().filter(each -> each.state().equals("enforced")).count());
        view.put(
                "refused",
                reports.stream().filter(each -> each.state().equals("refused")).count());
        view.put(
                "slowestMillis",
                reports.stream()
                        .filter(each -> each.state().equals("enforced"))
                        .mapToLong(each ->
                                each.receivedAt().toEpochMilli() - revision.at().toEpochMilli())
                        .max()
                        .orElse(0));
        return view;
    }

    static Refused refusal(PublishRefused refused) {
        return new Refused(
                refused.word().equals("unknown") ? 404 : 409,
                refused.word(),
                String.valueOf(refused.getMessage()),
                Map.of("problems", refused.problems()));
    }
}
