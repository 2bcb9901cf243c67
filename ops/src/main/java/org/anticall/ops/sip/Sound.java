package org.anticall.ops.sip;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
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
    private final DeskLoop loop;

    private Sound(@Nullable RelayedCall relayed, DeskLoop loop) {
        this.relayed = relayed;
        this.loop = loop;
    }

    static Sound direct(DeskLoop loop) {
        return new Sound(null, loop);
    }

    static Sound through(RelayedCall relayed, DeskLoop loop) {
        return new Sound(relayed, loop);
    }

    /** {@code from} offers; {@code then} gets what the other party is to be offered. */
    void offered(Party from, @Nullable Body offer, Consumer<@Nullable Body> then, Runnable otherwise) {
        if (relayed == null || offer == null || !offer.isSession()) {
            then.accept(offer);
        } else {
            arrange(relayed.offer(from, Profile.RTP, offer.text()), offer, then, otherwise);
        }
    }

    /** {@code from} answers; {@code then} gets what the other party is to be answered. */
    void answered(Party from, @Nullable Body answer, Consumer<@Nullable Body> then, Runnable otherwise) {
        if (relayed == null || answer == null || !answer.isSession()) {
            then.accept(answer);
        } else {
            arrange(relayed.answer(from, Profile.RTP, answer.text()), answer, then, otherwise);
        }
    }

    /** No more is to be heard. */
    void end() {
        if (relayed != null) {
            var unused = relayed.end();
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
