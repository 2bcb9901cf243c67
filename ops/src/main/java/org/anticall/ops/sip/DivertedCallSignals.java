package org.anticall.ops.sip;

import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.anticall.ops.media.RelayedCall.Party;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One diverted call on the wire: a back-to-back user agent between the caller's leg and the legs of the seats that ring
 * for it, of which one is connected. What happens on the legs goes to the desk ({@link Events}); what the desk decides
 * comes back as method calls. What becomes of session descriptions is the {@link Sound}'s affair. Owned by the desk's thread.
 */
final class DivertedCallSignals {

    /** What happens to a call on the wire. */
    interface Events {

        /** The operator at {@code seat} took the call. */
        void answered(String recordId, String seat);

        /** The phone of {@code seat} declined with the final {@code status}, 408 if it was silent. */
        void refused(String recordId, String seat, int status);

        /** The caller hung up. */
        void callerGone(String recordId);

        /** The operator hung up. */
        void operatorGone(String recordId);

        /** A party is not reachable any more. */
        void lost(String recordId);
    }

    private static final Logger LOG = LoggerFactory.getLogger(DivertedCallSignals.class);

    private final SipEndpoint endpoint;
    private final DeskLoop loop;
    private final Duration ackPatience;
    private final Farewells farewells;
    private final Events events;
    private final DivertedInvite facts;
    private final CallerLeg caller;
    private final List<OperatorLeg> operators = new ArrayList<>();
    private @Nullable OperatorLeg connected;
    private @Nullable Body operatorsAnswer;

    DivertedCallSignals(
            SipEndpoint endpoint,
            DeskLoop loop,
            Duration ackPatience,
            Farewells farewells,
            Events events,
            DivertedInvite facts,
            ServerTransaction invite) {
        this.endpoint = endpoint;
        this.loop = loop;
        this.ackPatience = ackPatience;
        this.farewells = farewells;
        this.events = events;
        this.facts = facts;
        this.caller = new CallerLeg(endpoint, this, farewells, invite, facts.calleeAsUser());
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
        OperatorLeg leg = new OperatorLeg(endpoint, this, farewells, phone.user(), sound, facts.body() == null);
        operators.add(leg);
        sound.offered(
                Party.CALLER,
                facts.body(),
                offer -> invite(leg, phone, offer),
                () -> leg.failed(Response.NOT_ACCEPTABLE_HERE));
    }

    private void invite(OperatorLeg leg, Phone phone, @Nullable Body offer) {
        try {
            leg.ring(inviteTo(phone, offer));
        } catch (SipException | ParseException e) {
            LOG.atWarn().addKeyValue("call", recordId()).setCause(e).log("a phone cannot be called");
            leg.failed(Response.SERVICE_UNAVAILABLE);
        }
    }

    void silence(String seat) {
        for (OperatorLeg leg : List.copyOf(operators)) {
            if (leg.seat().equals(seat)) {
                operators.remove(leg);
                leg.silence();
            }
        }
    }

    void connect(String seat) {
        connected = operators.stream()
                .filter(leg -> leg.seat().equals(seat))
                .reduce((first, second) -> second)
                .orElse(null);
        try {
            caller.answer(operatorsAnswer, loop, ackPatience, this::ackMissing);
        } catch (SipException | ParseException e) {
            LOG.atWarn().addKeyValue("call", recordId()).setCause(e).log("the caller cannot be answered");
            events.callerGone(recordId());
        }
    }

    void refuse() {
        attempt("480", () -> caller.refuse(Response.TEMPORARILY_UNAVAILABLE, null));
    }

    void release() {
        attempt(
                "480",
                () -> caller.refuse(
                        Response.TEMPORARILY_UNAVAILABLE,
                        endpoint.headers().createHeader(DivertedInvite.RELEASE, recordId())));
    }

    void hangUp() {
        caller.hangUp();
    }

    // ---- what happens on the legs

    void operatorRings() {
        ringing();
    }

    void operatorAnswered(OperatorLeg leg, @Nullable Body answer) {
        operatorsAnswer = answer;
        events.answered(recordId(), leg.seat());
    }

    void operatorRefused(OperatorLeg leg, int status) {
        operators.remove(leg);
        events.refused(recordId(), leg.seat(), status);
    }

    void operatorGone() {
        events.operatorGone(recordId());
    }

    void callerGone() {
        events.callerGone(recordId());
    }

    void lost() {
        events.lost(recordId());
    }

    /** The caller's ACK, of the answer or of a re-INVITE. */
    void acknowledgedByCaller(@Nullable Body body) {
        caller.acknowledged();
        OperatorLeg operator = connected;
        if (operator != null) {
            operator.sound().answered(Party.CALLER, body, operator::acknowledge, this::lost);
        }
    }

    /** The leg at the other end of {@code leg}; null while there is none. */
    @Nullable
    Leg opposite(Leg leg) {
        return leg == caller ? connected : caller;
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

    private Request inviteTo(Phone phone, @Nullable Body offer) throws ParseException {
        String host = endpoint.address();
        String display = facts.rule().isEmpty() ? "" : "\"" + facts.rule() + "\" ";
        Request invite = endpoint.request(
                Request.INVITE,
                phone.contact().toString(),
                display + "<sip:" + facts.callerAsUser() + "@" + host + ">",
                "<sip:" + phone.user() + "@" + host + ">",
                SipEndpoint.unique(),
                1);
        Body.put(offer, invite);
        return invite;
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
