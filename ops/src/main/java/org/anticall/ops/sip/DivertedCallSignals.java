package org.anticall.ops.sip;

import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sip.Dialog;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.header.Header;
import javax.sip.message.Response;
import org.anticall.ops.desk.DeskCall;
import org.anticall.ops.media.MediaRelay;
import org.anticall.ops.media.RelayedCall;
import org.anticall.ops.media.RelayedCall.Party;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One diverted call on the wire: a back-to-back user agent between the caller's leg and the legs of the seats that ring
 * for it, of which one is connected. What happens on the legs goes to the desk ({@link CallEvents}); what the desk decides
 * comes back as method calls. What becomes of session descriptions is the {@link Sound}'s affair. Owned by the desk's thread.
 */
final class DivertedCallSignals {

    private static final Logger LOG = LoggerFactory.getLogger(DivertedCallSignals.class);

    private final SipEndpoint endpoint;
    private final DeskLoop loop;
    private final CallTerms terms;
    private final Farewells farewells;
    private final CallEvents events;
    private final DivertedInvite facts;
    private final CallerLeg caller;
    private final GatewayAddress gateway;
    private final List<SeatLeg> operators = new ArrayList<>();
    private final List<Sound> former = new ArrayList<>();
    private @Nullable SeatLeg connected;
    private @Nullable OperatorLeg callee;
    private @Nullable Announcement announcement;
    private @Nullable Body callersSession;
    private @Nullable Body operatorsAnswer;

    DivertedCallSignals(
            SipEndpoint endpoint,
            DeskLoop loop,
            CallTerms terms,
            Farewells farewells,
            CallEvents events,
            DivertedInvite facts,
            GatewayAddress gateway,
            @Nullable ServerTransaction invite) {
        this.endpoint = endpoint;
        this.loop = loop;
        this.terms = terms;
        this.farewells = farewells;
        this.events = events;
        this.facts = facts;
        this.gateway = gateway;
        this.callersSession = facts.body();
        this.caller = new CallerLeg(endpoint, this, farewells, invite, facts.calleeAsUser(), loop, terms);
    }

    // ---- over a restart

    /** What the next run needs to take the call up; null unless it is talked on. */
    @Nullable
    KeptCall keepable(@Nullable DeskCall known, KeptCall.@Nullable Facts before) {
        SeatLeg leg = connected;
        boolean atPage = leg instanceof PageLeg;
        Dialog callers = caller.dialog();
        Dialog others = leg instanceof Leg other ? other.dialog() : null;
        if (leg == null || !caller.isAnswered() || callers == null || (others == null && !atPage)) {
            return null;
        }
        KeptCall.Facts kept = before == null ? factsOf(known) : before;
        if (kept == null) {
            return null;
        }
        return new KeptCall(
                kept,
                leg.seat(),
                atPage,
                KeptDialog.of(callers, caller.timer().kept()),
                others == null || !(leg instanceof Leg other)
                        ? null
                        : KeptDialog.of(others, other.timer().kept()),
                textOf(callersSession),
                leg instanceof PageLeg page ? textOf(page.lastAnswer()) : null,
                leg.sound().kept());
    }

    private static @Nullable String textOf(@Nullable Body body) {
        return body == null ? null : body.text();
    }

    private KeptCall.@Nullable Facts factsOf(@Nullable DeskCall known) {
        return known == null
                ? null
                : new KeptCall.Facts(
                        recordId(),
                        facts.caller(),
                        facts.callee(),
                        facts.rule(),
                        known.offeredAt().toEpochMilli(),
                        known.changedAt().toEpochMilli(),
                        gateway.host(),
                        gateway.port());
    }

    /** Takes up what {@code kept} says: both parties talk. */
    void takeUp(KeptCall kept, PageSeats pages, Sound sound) throws ParseException {
        caller.takeUp(kept.caller().revive(endpoint));
        caller.timer().takeUp(kept.caller().timer());
        if (kept.other() == null) {
            PageLeg leg = new PageLeg(this, pages, kept.seat(), sound);
            leg.takeUp(kept.pagesAnswer());
            join(leg);
            return;
        }
        OperatorLeg leg = new OperatorLeg(endpoint, this, farewells, kept.seat(), loop, terms, sound, false);
        leg.takeUp(kept.other().revive(endpoint));
        leg.timer().takeUp(kept.other().timer());
        join(leg);
        if (kept.seat().isEmpty()) {
            callee = leg;
        }
    }

    private void join(SeatLeg leg) {
        operators.add(leg);
        connected = leg;
    }

    /** Asks both parties whether they still know the call. */
    void probe() {
        if (connected != null) {
            Probe.send(endpoint, caller);
            if (connected instanceof Leg other) {
                Probe.send(endpoint, other);
            }
        }
    }

    String recordId() {
        return facts.recordId();
    }

    // ---- what the desk decides

    void trying() {
        attempt("100", caller::trying);
    }

    /** The caller hears ringing from now on, whichever seat rings. */
    void ringing() {
        attempt("180", caller::ringing);
    }

    /** Lets {@code phone} ring; {@code sound} is this seat's from now on. */
    void ring(Phone phone, Sound sound) {
        OperatorLeg leg =
                new OperatorLeg(endpoint, this, farewells, phone.user(), loop, terms, sound, facts.body() == null);
        operators.add(leg);
        sound.offered(
                Party.CALLER, facts.body(), offer -> invite(leg, phone, offer), () -> leg.failed(Response.BUSY_HERE));
    }

    /** Lets the page of {@code seat} ring; {@code sound} is this seat's from now on. */
    void ring(PageSeats pages, String seat, Sound sound) {
        PageLeg leg = new PageLeg(this, pages, seat, sound);
        operators.add(leg);
        sound.offered(Party.CALLER, callersSession, leg::ring, () -> leg.failed(Response.BUSY_HERE));
    }

    private void invite(OperatorLeg leg, Phone phone, @Nullable Body offer) {
        attempt(leg, () -> leg.ring(OutgoingInvites.toPhone(endpoint, facts, phone, offer)));
    }

    private void attempt(OperatorLeg leg, Sending invite) {
        try {
            invite.send();
        } catch (SipException | ParseException e) {
            LOG.atWarn().addKeyValue("call", recordId()).setCause(e).log("a party cannot be called");
            leg.failed(Response.SERVICE_UNAVAILABLE);
        }
    }

    void silence(String seat) {
        for (SeatLeg leg : List.copyOf(operators)) {
            if (leg.seat().equals(seat)) {
                operators.remove(leg);
                leg.silence();
                endFormer();
            }
        }
    }

    void connect(String seat) {
        connected = operators.stream()
                .filter(leg -> leg.seat().equals(seat))
                .reduce((first, second) -> second)
                .orElse(null);
        try {
            if (caller.isAnswered()) {
                moveCaller(operatorsAnswer);
            } else {
                caller.answer(operatorsAnswer, loop, terms.ackPatience(), this::ackMissing);
                if (connected != null) {
                    connected.sound().record(recordId(), operatorsAnswer);
                }
            }
        } catch (SipException | ParseException e) {
            LOG.atWarn().addKeyValue("call", recordId()).setCause(e).log("the caller cannot be answered");
            events.callerGone(recordId());
        }
    }

    /**
     * @param misfit no seat can speak with the caller
     * @param capacity what the desk can take beside
     */
    void refuse(boolean misfit, Header... capacity) {
        if (announcement != null) {
            announcement.stop();
        }
        int status = misfit ? Response.NOT_ACCEPTABLE_HERE : Response.TEMPORARILY_UNAVAILABLE;
        attempt(Integer.toString(status), () -> caller.refuse(status, capacity));
    }

    /** Whether the caller is to hear an announcement before it is declined. */
    boolean isToBeTold() {
        return facts.announces() && !caller.isAnswered();
    }

    /** Whether the caller could hear one: it has said where it listens. */
    boolean canBeTold() {
        return callersSession != null;
    }

    /**
     * Lets the caller hear {@code texts}, then declines.
     *
     * @param sound is the announcement's from now on
     * @param told runs at the end, with whether the caller heard any of it; not if the caller hangs up first
     * @param capacity what the desk can take beside, when it declines
     */
    void announce(Sound sound, List<String> texts, Consumer<Boolean> told, Supplier<Header[]> capacity) {
        Announcement telling = new Announcement(recordId(), sound, texts, loop, heard -> {
            refuse(false, capacity.get());
            told.accept(heard);
        });
        announcement = telling;
        telling.begin(
                Objects.requireNonNull(callersSession, "whoever is told has offered sound"),
                description -> attempt("183", () -> caller.early(description)));
    }

    void release() {
        attempt(
                "480",
                () -> caller.refuse(
                        Response.TEMPORARILY_UNAVAILABLE,
                        endpoint.headers().createHeader(DivertedInvite.RELEASE, recordId())));
    }

    void hangUp() {
        OperatorLeg leg = callee;
        if (leg != null) {
            callee = null;
            leg.silence();
        }
        caller.hangUp();
    }

    // ---- what happens on the legs

    void operatorRings() {
        ringing();
    }

    void seatAnswered(SeatLeg leg, @Nullable Body answer) {
        if (leg == callee) {
            passedOn(callee, answer);
            return;
        }
        operatorsAnswer = answer;
        events.answered(recordId(), leg.seat());
    }

    void seatRefused(SeatLeg leg, int status) {
        if (leg == callee) {
            calleeRefused();
            return;
        }
        operators.remove(leg);
        events.refused(recordId(), leg.seat(), status);
    }

    /** The other side hung up: the operator, or the callee of a call that was passed on. */
    void seatGone(SeatLeg leg) {
        if (leg == connected && leg == callee) {
            caller.hangUp();
            events.over(recordId());
        } else {
            events.operatorGone(recordId());
        }
    }

    void callerGone() {
        if (announcement != null) {
            announcement.stop();
        }
        endCallee();
        events.callerGone(recordId());
    }

    void lost() {
        endCallee();
        caller.hangUp();
        events.lost(recordId());
    }

    private void endCallee() {
        if (callee != null) {
            callee.silence();
            callee = null;
            events.over(recordId());
        }
    }

    /** The caller's ACK, of the answer or of a re-INVITE. */
    void acknowledgedByCaller(@Nullable Body body) {
        caller.acknowledged();
        SeatLeg operator = connected;
        if (body != null && body.isSession()) {
            callersSession = body;
        }
        if (operator != null) {
            operator.sound().answered(Party.CALLER, body, operator::acknowledge, this::lost);
        }
    }

    /** The leg at the other end of {@code leg}; null while there is none. */
    @Nullable
    Leg opposite(Leg leg) {
        return leg != caller ? caller : connected instanceof Leg operator ? operator : null;
    }

    /** The page the operator of this call sits at; null for a phone. */
    @Nullable
    PageLeg page() {
        return connected instanceof PageLeg page ? page : null;
    }

    /** A party answered a re-INVITE with this session. */
    void moved(Leg leg, @Nullable Body session) {
        if (leg == caller) {
            callerMoved(session);
        }
    }

    /** The caller sends its sound from elsewhere. */
    void callerMoved(@Nullable Body session) {
        if (session != null && session.isSession()) {
            callersSession = session;
        }
    }

    // ---- sound of an answered call

    /** Whether {@code relay} carries what the parties say. */
    boolean isCarriedBy(MediaRelay relay) {
        return connected != null && connected.sound().isOn(relay);
    }

    void hold() {
        withSound(Sound::hold);
    }

    void resume() {
        withSound(Sound::resume);
    }

    /** What carries the sound of the connected parties; empty while nothing does. */
    Optional<RelayedCall> relayed() {
        return Optional.ofNullable(connected).map(leg -> leg.sound().relayed());
    }

    /** Whether its operator is at a phone whose sound has that name at the relay. */
    boolean isAtPhone(String callId) {
        return connected instanceof OperatorLeg phone
                && !phone.seat().isEmpty()
                && relayed().filter(sound -> sound.callId().equals(callId)).isPresent();
    }

    void mute(boolean muted) {
        withSound(sound -> sound.mute(muted));
    }

    private void withSound(Consumer<Sound> what) {
        SeatLeg leg = connected;
        if (leg != null) {
            what.accept(leg.sound());
        }
    }

    private void endFormer() {
        former.forEach(Sound::end);
        former.clear();
    }

    /** Moves both parties to another sound, because a page was reloaded or a relay died. */
    void resound(Sound fresh) {
        SeatLeg leg = connected;
        if (leg == null) {
            fresh.end();
            return;
        }
        former.add(leg.sound()); // until the caller has moved: there may be music
        fresh.offered(
                Party.CALLER,
                callersSession,
                offer -> leg.resound(
                        fresh,
                        offer,
                        answer -> fresh.answered(
                                Party.OPERATOR,
                                answer,
                                description -> {
                                    moveCaller(description);
                                    fresh.record(recordId(), description);
                                },
                                this::lost),
                        this::lost),
                this::lost);
    }

    /** Lets the page of another seat into the call in place of the operator; the former sound lasts until the caller has moved. */
    void takeOver(PageSeats pages, String seat, Sound fresh) {
        SeatLeg former = connected;
        PageLeg leg = new PageLeg(this, pages, seat, fresh);
        operators.add(leg);
        Runnable otherwise = () -> silence(seat);
        fresh.offered(
                Party.CALLER,
                callersSession,
                offer -> leg.stepIn(
                        offer,
                        answer -> fresh.answered(
                                Party.OPERATOR, answer, description -> steppedIn(leg, former, description), otherwise),
                        otherwise),
                otherwise);
    }

    private void steppedIn(PageLeg leg, @Nullable SeatLeg former, @Nullable Body description) {
        if (former == null || connected != former || callee != null) {
            silence(leg.seat());
            return;
        }
        connected = leg;
        events.tookOver(recordId(), leg.seat());
        if (connected == leg && caller.isAnswered()) {
            moveCaller(description);
            leg.sound().record(recordId(), description);
        }
    }

    /** Tells the caller where its sound goes from now on. */
    private void moveCaller(@Nullable Body description) {
        OwnInvite.send(
                endpoint,
                loop,
                caller,
                description,
                session -> {
                    callerMoved(session);
                    endFormer();
                },
                this::lost);
    }

    // ---- the way on to the callee, after an answer

    /** Calls the callee through the gateway the call came from; the caller hears music meanwhile. */
    void passOn(Bypass bypass, Sound sound) {
        OperatorLeg leg = new OperatorLeg(endpoint, this, farewells, "", loop, terms, sound, false);
        callee = leg;
        sound.offered(Party.CALLER, callersSession, offer -> inviteCallee(leg, bypass, offer), this::calleeRefused);
    }

    /** The operator keeps the call after all. */
    void keep() {
        OperatorLeg leg = callee;
        if (leg != null && leg != connected) {
            callee = null;
            leg.silence();
        }
        resume();
    }

    /** Whether caller and callee talk, or are about to. */
    boolean isPassedOn() {
        return callee != null && callee == connected;
    }

    private void inviteCallee(OperatorLeg leg, Bypass bypass, @Nullable Body offer) {
        attempt(leg, () -> leg.ring(OutgoingInvites.toCallee(endpoint, facts, gateway, bypass, offer)));
    }

    private void passedOn(OperatorLeg leg, @Nullable Body answer) {
        connected = leg;
        moveCaller(answer);
        events.passedOn(recordId());
    }

    private void calleeRefused() {
        callee = null;
        resume();
        events.notPassedOn(recordId());
    }

    /** The sound of the connected parties; null while there are none. */
    @Nullable
    Sound sound() {
        return connected == null ? null : connected.sound();
    }

    private void ackMissing() {
        events.lost(recordId());
        caller.giveUpOnAck();
    }

    private void attempt(String what, Sending sending) {
        try {
            sending.send();
        } catch (SipException | ParseException e) {
            LOG.atWarn()
                    .addKeyValue("call", recordId())
                    .addKeyValue("status", what)
                    .setCause(e)
                    .log("not sent");
        }
    }

    private interface Sending {
        void send() throws SipException, ParseException;
    }
}
