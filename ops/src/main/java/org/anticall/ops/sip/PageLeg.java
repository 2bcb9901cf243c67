package org.anticall.ops.sip;

import java.util.function.Consumer;
import javax.sip.message.Response;
import org.anticall.ops.media.RelayedCall.Party;
import org.jspecify.annotations.Nullable;

/**
 * The operator's side in a page of the console. It speaks no SIP: the relay's offer goes to the page over the live channel,
 * the page's answer comes back.
 *
 * <pre>
 *  PREPARING ── offer ──► RINGING ── answer ──► TALKING ──┐
 *      │                     │                            ├─► OVER
 *      └──── silence, failed ┴────────────────────────────┘
 * </pre>
 *
 * Each offer has a name of its own, so that an answer to one that is over is told apart. Owned by the desk's thread.
 */
final class PageLeg implements SeatLeg {

    private enum State {
        PREPARING,
        RINGING,
        TALKING,
        OVER
    }

    private final DivertedCallSignals call;
    private final PageSeats pages;
    private final String seat;
    private Sound sound;
    private State state = State.PREPARING;
    private String name = SipEndpoint.unique();
    private String description = "";
    private @Nullable Consumer<@Nullable Body> awaited;
    private @Nullable Body lastAnswer;

    PageLeg(DivertedCallSignals call, PageSeats pages, String seat, Sound sound) {
        this.call = call;
        this.pages = pages;
        this.seat = seat;
        this.sound = sound;
    }

    @Override
    public String seat() {
        return seat;
    }

    @Override
    public Sound sound() {
        return sound;
    }

    /** Name of the offer that counts. */
    String name() {
        return name;
    }

    boolean isTalking() {
        return state == State.TALKING;
    }

    String recordId() {
        return call.recordId();
    }

    /** Lets the page ring, unless the seat was silenced while the sound was prepared. */
    void ring(@Nullable Body offer) {
        if (state != State.PREPARING) {
            return;
        }
        if (offer == null) {
            failed(Response.NOT_ACCEPTABLE_HERE); // a page answers offers, it makes none
            return;
        }
        state = State.RINGING;
        description = offer.text();
        pages.begun(this);
        tell();
    }

    /** What the page answered last; null before its first answer. */
    @Nullable
    Body lastAnswer() {
        return lastAnswer;
    }

    /** Tells the page once more: it is there again. */
    void tell() {
        pages.screen().offer(seat, call.recordId(), name, description, state == State.TALKING);
    }

    /** The page's answer to the offer {@code name}. */
    void answered(String answer) {
        Body body = Body.session(answer);
        lastAnswer = body;
        Consumer<@Nullable Body> waiting = awaited;
        if (waiting != null) {
            awaited = null;
            waiting.accept(body);
        } else if (state == State.RINGING) {
            state = State.TALKING;
            sound.answered(Party.OPERATOR, body, this::heard, () -> failed(Response.BUSY_HERE));
        }
    }

    /** The operator does not take it. */
    void declined() {
        if (state == State.RINGING) {
            over();
            call.seatRefused(this, Response.BUSY_HERE);
        }
    }

    /** Lets the page into a call that is talked on already: it answers at once. */
    void stepIn(@Nullable Body offer, Consumer<@Nullable Body> answered, Runnable otherwise) {
        if (state != State.PREPARING || offer == null) {
            otherwise.run();
            return;
        }
        state = State.TALKING;
        description = offer.text();
        awaited = answered;
        pages.begun(this);
        tell();
    }

    /** The call of an earlier run goes on; the page hears of it when it is back. */
    void takeUp(@Nullable String answer) {
        state = State.TALKING;
        lastAnswer = answer == null ? null : Body.session(answer);
        pages.begun(this);
    }

    @Override
    public void resound(Sound fresh, @Nullable Body offer, Consumer<@Nullable Body> answered, Runnable otherwise) {
        if (state != State.TALKING || offer == null) {
            otherwise.run();
            return;
        }
        sound = fresh;
        name = SipEndpoint.unique();
        description = offer.text();
        awaited = answered;
        tell();
    }

    @Override
    public void silence() {
        if (state != State.OVER) {
            over();
        }
    }

    @Override
    public void failed(int status) {
        if (state != State.OVER) {
            over();
            call.seatRefused(this, status);
        }
    }

    @Override
    public void acknowledge(@Nullable Body body) {
        // The page knows all there is to know.
    }

    private void heard(@Nullable Body answer) {
        if (state == State.TALKING) {
            call.seatAnswered(this, answer);
        }
    }

    private void over() {
        state = State.OVER;
        awaited = null;
        sound.end();
        pages.ended(this);
        pages.screen().silence(seat, name);
    }
}
