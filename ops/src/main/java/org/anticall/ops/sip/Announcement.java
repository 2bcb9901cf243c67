package org.anticall.ops.sip;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.anticall.ops.media.RelayedCall;
import org.anticall.ops.media.RelayedCall.Party;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a caller hears whose call nobody at the desk took: recorded texts, one after the other, as early media. A relay plays
 * them, towards an answer that nobody gave. Owned by the desk's thread.
 */
final class Announcement {

    /** The longest that all texts together may take: less than a gateway waits for a desk that has something to tell. */
    static final Duration LONGEST = Duration.ofSeconds(28);

    private static final Duration BETWEEN = Duration.ofMillis(400);
    private static final Logger LOG = LoggerFactory.getLogger(Announcement.class);

    private final String recordId;
    private final Sound sound;
    private final DeskLoop loop;
    private final Queue<String> texts;
    private final Consumer<Boolean> then;
    private boolean heard;
    private boolean over;

    /**
     * One that has not begun.
     *
     * @param sound is the announcement's from now on
     * @param texts files as the relays find them
     * @param then runs once, at the end, with whether the caller heard anything; not after {@link #stop}
     */
    Announcement(String recordId, Sound sound, List<String> texts, DeskLoop loop, Consumer<Boolean> then) {
        this.recordId = recordId;
        this.sound = sound;
        this.texts = new ArrayDeque<>(texts);
        this.loop = loop;
        this.then = then;
    }

    /** @param early gets the session description by which the caller hears it */
    void begin(Body offer, Consumer<@Nullable Body> early) {
        var unused = loop.schedule(LONGEST, this::end);
        sound.offered(
                Party.CALLER,
                offer,
                towardsNobody -> sound.answered(
                        Party.OPERATOR,
                        nobody(towardsNobody),
                        description -> {
                            if (!over) {
                                early.accept(description);
                                next();
                            }
                        },
                        this::end),
                this::end);
    }

    /** The caller is gone. */
    void stop() {
        over = true;
        sound.end();
    }

    private void next() {
        RelayedCall relayed = sound.relayed();
        String text = texts.poll();
        if (over || text == null || relayed == null) {
            end();
            return;
        }
        var unused = relayed.play(text)
                .whenComplete((length, failure) -> loop.execute(() -> {
                    if (failure == null) {
                        heard = true;
                        var unused2 = loop.schedule(length.plus(BETWEEN), this::next);
                    } else {
                        LOG.atError()
                                .addKeyValue("call", recordId)
                                .addKeyValue("file", text)
                                .addKeyValue("why", failure.getMessage())
                                .log("an announcement cannot be heard");
                        next();
                    }
                }));
    }

    private void end() {
        if (!over) {
            stop();
            then.accept(heard);
        }
    }

    /** The answer of a party that speaks and does not listen. */
    private static Body nobody(@Nullable Body offer) {
        boolean aLaw = offer != null && SessionOffer.hasALaw(offer.text());
        return Body.session(
                """
                v=0
                o=- 1 1 IN IP4 127.0.0.1
                s=-
                c=IN IP4 127.0.0.1
                t=0 0
                m=audio 9 RTP/AVP %s
                a=sendonly
                """
                        .formatted(aLaw ? "8" : "0")
                        .replace("\n", "\r\n"));
    }
}
