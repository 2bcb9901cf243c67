package org.anticall.ops.sip;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.anticall.ops.media.MediaRelay;
import org.anticall.ops.media.Recordings;
import org.anticall.ops.media.RelayedCall;
import org.anticall.ops.media.RelayedCall.Party;
import org.anticall.ops.media.RelayedCall.Profile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of session descriptions between the caller's leg and one operator's: they pass as they are, or a media relay
 * puts itself between. What is no session description passes in any case. Owned by the desk's thread; results come there,
 * those of a direct sound before the call returns.
 */
final class Sound {

    private static final Logger LOG = LoggerFactory.getLogger(Sound.class);

    private final @Nullable RelayedCall relayed;
    private final Profile seat;
    private final @Nullable Recordings recordings;
    private final DeskLoop loop;
    private String recordedAs = "";
    private String toCaller = "";

    private Sound(@Nullable RelayedCall relayed, Profile seat, @Nullable Recordings recordings, DeskLoop loop) {
        this.relayed = relayed;
        this.seat = seat;
        this.recordings = recordings;
        this.loop = loop;
    }

    static Sound direct(DeskLoop loop) {
        return new Sound(null, Profile.RTP, null, loop);
    }

    /** @param seat what the other side than the caller's understands */
    static Sound through(RelayedCall relayed, Profile seat, @Nullable Recordings recordings, DeskLoop loop) {
        return new Sound(relayed, seat, recordings, loop);
    }

    /** One of an earlier run; {@code recordedAs} is empty if it is not recorded. */
    static Sound takenUp(
            RelayedCall relayed, Profile seat, @Nullable Recordings recordings, DeskLoop loop, KeptCall.Relay kept) {
        Sound sound = new Sound(relayed, seat, recordings, loop);
        sound.recordedAs = kept.recordedAs();
        sound.toCaller = kept.toCaller();
        return sound;
    }

    /** What the next run needs to go on with it; null where no relay carries it. */
    KeptCall.@Nullable Relay kept() {
        return relayed == null
                ? null
                : new KeptCall.Relay(
                        relayed.relay().address().getAddress().getHostAddress(),
                        relayed.relay().address().getPort(),
                        relayed.callId(),
                        recordedAs,
                        toCaller);
    }

    /** {@code from} offers; {@code then} gets what the other party is to be offered. */
    void offered(Party from, @Nullable Body offer, Consumer<@Nullable Body> then, Runnable otherwise) {
        if (relayed == null || offer == null || !offer.isSession()) {
            then.accept(offer);
        } else {
            arrange(
                    relayed.offer(from, from == Party.CALLER ? seat : Profile.RTP, offer.text()),
                    offer,
                    then,
                    otherwise);
        }
    }

    /** {@code from} answers; {@code then} gets what the other party is to be answered. */
    void answered(Party from, @Nullable Body answer, Consumer<@Nullable Body> then, Runnable otherwise) {
        if (relayed == null || answer == null || !answer.isSession()) {
            then.accept(answer);
        } else {
            arrange(
                    relayed.answer(from, from == Party.CALLER ? seat : Profile.RTP, answer.text()),
                    answer,
                    then,
                    otherwise);
        }
    }

    /** Whether {@code relay} carries it. */
    boolean isOn(MediaRelay relay) {
        return relayed != null && relayed.relay() == relay;
    }

    /** Whether the relay that is to carry it is not there. */
    boolean isSilent() {
        return relayed != null && !relayed.relay().isUp();
    }

    /** The parties hear each other no longer, the caller hears music; does nothing where no relay is between them. */
    void hold() {
        if (relayed != null) {
            said(relayed.hold(), "hold");
        }
    }

    /** What carries it; null where the parties exchange sound directly. */
    @Nullable
    RelayedCall relayed() {
        return relayed;
    }

    /** Ends {@link #hold}. */
    void resume() {
        if (relayed != null) {
            said(relayed.resume(), "resume");
        }
    }

    /**
     * The parties talk: what they say is recorded, where recordings are made.
     *
     * @param description what the caller got
     */
    void record(String recordId, @Nullable Body description) {
        if (recordings != null && relayed != null && description != null && recordedAs.isEmpty()) {
            recordedAs = recordId;
            toCaller = description.text();
            recordings.begin(relayed);
        }
    }

    /** Whether the caller hears the operator. */
    void mute(boolean muted) {
        if (relayed != null) {
            said(relayed.mute(muted), "mute");
        }
    }

    private static void said(CompletableFuture<?> asked, String what) {
        var unused = asked.exceptionally(failure -> {
            LOG.atError()
                    .addKeyValue("what", what)
                    .addKeyValue("why", failure.getMessage())
                    .log("relay refuses");
            return null;
        });
    }

    /** No more is to be heard. */
    void end() {
        if (relayed != null) {
            String callId = relayed.callId();
            var unused = relayed.end().thenAccept(statistics -> {
                if (recordings != null && !recordedAs.isEmpty()) {
                    recordings.finished(recordedAs, callId, toCaller, RelayedCall.packets(statistics));
                }
            });
        }
    }

    private void arrange(
            CompletableFuture<String> asked, Body original, Consumer<@Nullable Body> then, Runnable otherwise) {
        var unused = asked.whenComplete((description, failure) -> loop.execute(() -> {
            if (failure == null) {
                then.accept(new Body(original.type(), description.getBytes(ISO_8859_1)));
            } else {
                LOG.atError().addKeyValue("why", failure.getMessage()).log("the media relay does not carry a call");
                otherwise.run();
            }
        }));
    }
}
