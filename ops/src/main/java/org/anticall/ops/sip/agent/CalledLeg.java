package org.anticall.ops.sip.agent;

import java.net.InetSocketAddress;
import java.text.ParseException;
import java.time.Duration;
import javax.sip.Dialog;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.header.ToHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.anticall.ops.sip.SipEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * The called side of one call. Owned by the lane of its Call-ID.
 *
 * <pre>
 *   RINGING ──answers──► ANSWERED ──ACK──► TALKING ──BYE sent──► ENDING ──200──► OVER
 *      │                    └──────────BYE received──┴────────────────────────► OVER
 *      └──refuses, CANCEL─────────────────────────────────────────────────────► OVER
 * </pre>
 */
final class CalledLeg {

    private enum State {
        RINGING,
        ANSWERED,
        TALKING,
        ENDING,
        OVER
    }

    private final ArrivedCall call;
    private final ServerTransaction invite;
    private final SipEndpoint endpoint;
    private final AgentThreads threads;
    private final @Nullable Speech speech;
    private final String tag = SipEndpoint.unique();
    private State state = State.RINGING;
    private @Nullable Dialog dialog;
    private Duration talk = Duration.ZERO;
    private AgentThreads.@Nullable Alarm alarm;

    CalledLeg(
            ArrivedCall call,
            ServerTransaction invite,
            SipEndpoint endpoint,
            AgentThreads threads,
            @Nullable Speech speech) {
        this.call = call;
        this.invite = invite;
        this.endpoint = endpoint;
        this.threads = threads;
        this.speech = speech;
    }

    boolean isOver() {
        return state == State.OVER;
    }

    /** Rings, and does as {@code manners} say. */
    void ring(Manners manners) throws Exception {
        Manner manner = manners.of(call);
        send(response(Response.RINGING));
        if (manner instanceof Manner.Answers answers) {
            talk = answers.talk();
            alarm = after(answers.after(), () -> answer(answers.session()));
        } else if (manner instanceof Manner.Refuses refuses) {
            alarm = after(refuses.after(), () -> refuse(refuses.status(), manners));
        }
    }

    /** The caller has the answer: the conversation begins. */
    void acknowledged() {
        if (state == State.ANSWERED) {
            state = State.TALKING;
            InetSocketAddress listener = SessionText.listenerIn(invite.getRequest());
            if (speech != null && listener != null) {
                speech.speak(call.callId(), listener);
            }
            alarm = after(talk, this::hangUp);
        }
    }

    /** The caller gave up before an answer. */
    void cancelled() throws Exception {
        if (state == State.RINGING) {
            over();
            send(response(Response.REQUEST_TERMINATED));
        }
    }

    /** The caller hung up, or confirmed that we did. */
    void over() {
        state = State.OVER;
        if (speech != null) {
            speech.hush(call.callId());
        }
        if (alarm != null) {
            alarm.cancel();
        }
    }

    private void answer(String session) throws Exception {
        if (state == State.RINGING) {
            state = State.ANSWERED;
            Response response = response(Response.OK);
            SessionText.set(response, session, endpoint, speech);
            send(response);
            dialog = invite.getDialog();
        }
    }

    private void refuse(int status, Manners manners) throws Exception {
        if (state == State.RINGING) {
            over();
            manners.refused(call);
            send(response(status));
        }
    }

    private void hangUp() throws SipException {
        if (state == State.TALKING && dialog != null) {
            state = State.ENDING;
            dialog.sendRequest(endpoint.provider().getNewClientTransaction(dialog.createRequest(Request.BYE)));
        }
    }

    private AgentThreads.Alarm after(Duration delay, AgentEvents.Step step) {
        return threads.after(call.callId(), delay, () -> AgentEvents.attempt(call.callId(), step));
    }

    private Response response(int status) throws ParseException {
        Response response = endpoint.response(status, invite.getRequest());
        ((ToHeader) response.getHeader(ToHeader.NAME)).setTag(tag);
        response.addHeader(endpoint.contact(call.callee()));
        return response;
    }

    private void send(Response response) throws Exception {
        invite.sendResponse(response);
    }
}
