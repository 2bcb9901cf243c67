package org.anticall.ops.http;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.anticall.ops.audit.AuditEntry;
import org.anticall.ops.evidence.BlockProposal;
import org.anticall.ops.order.Basis;
import org.anticall.ops.order.Breadth;
import org.anticall.ops.order.Ladder;
import org.anticall.ops.order.Order;
import org.anticall.ops.order.OrderAction;
import org.anticall.ops.order.OrderContent;
import org.anticall.ops.order.OrderRefused;
import org.anticall.ops.order.OrderState;
import org.anticall.ops.order.Origin;
import org.anticall.ops.order.Signature;
import org.anticall.ops.order.Target;
import org.anticall.ops.people.Permission;
import org.anticall.ops.publish.PublishRefused;
import org.anticall.ops.publish.Publisher;
import org.anticall.ops.publish.Revision;
import org.anticall.ops.store.BreadthCount;
import org.anticall.ops.store.Orders;
import org.anticall.ops.store.Revisions;
import org.anticall.ops.store.ShiftPapers;
import org.anticall.ops.store.StoredJson;

/**
 * Orders that a supervisor puts into force alone, for four hours: written by hand ({@code /api/orders/emergency}), or made of
 * what an operator proposed ({@code /api/block-proposals/{id}/block}). Nothing else that waits is published with them.
 */
final class EmergencyApi {

    private static final int LONGEST_WHY = 2_000;
    private static final int LONGEST_DOCUMENT = 100;

    /** How sure an order is that stands on one operator's word. */
    private static final int CONFIDENCE = 80;

    private final Orders orders;
    private final BreadthCount breadth;
    private final ShiftPapers papers;
    private final Publisher publisher;
    private final Revisions revisions;
    private final Trail trail;
    private final Clock clock;

    EmergencyApi(
            Orders orders,
            BreadthCount breadth,
            ShiftPapers papers,
            Publisher publisher,
            Revisions revisions,
            Trail trail,
            Clock clock) {
        this.orders = orders;
        this.breadth = breadth;
        this.papers = papers;
        this.publisher = publisher;
        this.revisions = revisions;
        this.trail = trail;
        this.clock = clock;
    }

    void addTo(Doors doors) {
        doors.post("/api/orders/emergency", Permission.ORDER_EMERGENCY, this::write);
        doors.post("/api/block-proposals/{id}/block", Permission.ORDER_EMERGENCY, this::block);
    }

    private void write(Context context, Session session) {
        Fields fields = new Fields(Answers.body(context));
        Instant now = clock.instant();
        OrderContent content = OrderForm.content(fields, now);
        String why = fields.text("why", 3, LONGEST_WHY);
        fields.check();
        Signature by = OrdersApi.signature(session, now);
        Breadth counted = breadth.of(content.target(), now);
        try {
            Order order = orders.add(
                    id -> Order.emergency(id, content, by, counted),
                    trail.of(context, session, "order.emergency", "", Map.of(), why));
            inForce(context, session, order.id(), why, 201);
        } catch (OrderRefused refused) {
            throw OrdersApi.refusal(refused);
        }
    }

    /**
     * The order and the end of the proposal are one: asked again, there is no second order, but what did not reach the gateways
     * then is tried anew.
     */
    private void block(Context context, Session session) {
        Fields fields = new Fields(Answers.body(context));
        String title = fields.text("title", 1, 300);
        String territory = fields.text("territory", 1, 200);
        fields.check();
        BlockProposal proposal = papers.find(Paths.id(context)).orElseThrow(Paths::unknown);
        Instant now = clock.instant();
        OrderContent content = content(proposal, title, territory, now);
        Signature by = OrdersApi.signature(session, now);
        Breadth counted = breadth.of(content.target(), now);
        AuditEntry made = trail.of(context, session, "order.emergency", "", Map.of(), proposal.why());
        AuditEntry closed = trail.of(
                context, session, "block.close", "proposal " + proposal.id(), Map.of("blocked", true), proposal.why());
        try {
            ShiftPapers.Blocked blocked = papers.block(
                            proposal.id(), id -> Order.emergency(id, content, by, counted), made, closed)
                    .orElseThrow(EmergencyApi::letBe);
            inForce(context, session, blocked.order(), proposal.why(), blocked.now() ? 201 : 200);
        } catch (OrderRefused refused) {
            throw OrdersApi.refusal(refused);
        }
    }

    private static Refused letBe() {
        return new Refused(409, "closed", "Somebody has closed this proposal without an order.");
    }

    private static OrderContent content(BlockProposal proposal, String title, String territory, Instant now) {
        String document = proposal.recordId();
        return new OrderContent(
                title,
                new Target.Numbers(List.of(proposal.caller())),
                OrderAction.DIVERT,
                Ladder.PASS_WITH_LABEL,
                new Basis(
                        Basis.Type.OPERATOR_CONTRACT,
                        document.length() <= LONGEST_DOCUMENT ? document : document.substring(0, LONGEST_DOCUMENT),
                        LocalDate.ofInstant(now, ZoneOffset.UTC),
                        proposal.account(),
                        ""),
                territory,
                List.of(),
                now,
                now.plus(Order.EMERGENCY),
                CONFIDENCE,
                Origin.OPERATOR,
                false);
    }

    /** Brings the order to the gateways unless it is there, and answers with it. */
    private void inForce(Context context, Session session, long id, String why, int status) {
        Order order = orders.find(id).orElseThrow();
        try {
            long revision = order.state() instanceof OrderState.Approved
                    ? publisher
                            .publish(session.from(context.ip()), "emergency: " + why, each -> each.id() == id)
                            .revision()
                    : revisions.newest().map(Revision::revision).orElse(0L);
            Answers.send(
                    context,
                    status,
                    Map.of("order", StoredJson.tree(orders.find(id).orElseThrow()), "revision", revision));
        } catch (PublishRefused refused) {
            throw PublishApi.refusal(refused);
        }
    }
}
