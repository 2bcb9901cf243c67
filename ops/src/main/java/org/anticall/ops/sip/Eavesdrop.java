package org.anticall.ops.sip;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.anticall.ops.media.RelayedCall;
import org.anticall.ops.media.RelayedCall.Ear;
import org.anticall.ops.media.RelayedCall.Party;
import org.anticall.ops.media.RelayedCall.Profile;
import org.anticall.ops.sip.SeatScreen.Turn;
import org.anticall.ops.sip.SeatScreen.Voice;
import org.jspecify.annotations.Nullable;

/**
 * Supervisors in a call, in their browser: they listen, one stream for each party so that both can be told apart; they
 * whisper to an operator whose seat is a page; they are heard by the caller too, mixed in by that page; they take the call
 * over. While they only listen neither party hears or sees anything of it. Thread-safe; futures fail where the call or its
 * relay is gone.
 */
public final class Eavesdrop {

    /** What names of voices begin with: no party of the call is called so. */
    private static final String VOICE = "supervisor-";

    private final Switchboard board;
    private final DeskLoop loop;

    Eavesdrop(Switchboard board, DeskLoop loop) {
        this.board = board;
        this.loop = loop;
    }

    /** Begins to listen: what the browser is to answer, first the caller's sound, then the operator's. */
    public CompletableFuture<List<Ear>> listen(String recordId) {
        Profile profile = board.pages().screen().profile();
        return with(recordId, (call, seat) -> call.listen(Party.CALLER, profile)
                .thenCombine(call.listen(Party.OPERATOR, profile), (caller, operator) -> List.of(caller, operator)));
    }

    /** The browser's answer for one of the two. */
    public CompletableFuture<Boolean> heard(String recordId, String tag, String description) {
        return with(recordId, (call, seat) -> call.heard(tag, description).thenApply(done -> true));
    }

    /** Ends listening to one of the two. */
    public CompletableFuture<Boolean> deaf(String recordId, String tag) {
        return with(recordId, (call, seat) -> call.deaf(tag).thenApply(done -> true));
    }

    /**
     * A supervisor's voice in a call.
     *
     * @param name tells it apart from all others, also from the same supervisor's former ones
     * @param answer to the browser that speaks
     */
    public record Mouth(String name, String answer) {}

    /**
     * Begins to speak to the operator alone; the operator's page answers by {@link ConsoleSeats#heardWhisper}.
     *
     * @param description the browser's offer
     * @return fails where the operator's seat is a phone
     */
    public CompletableFuture<Mouth> whisper(String recordId, String description) {
        Profile profile = board.pages().screen().profile();
        String name = VOICE + SipEndpoint.unique();
        return with(
                recordId,
                (call, seat) -> seat == null
                        ? CompletableFuture.failedFuture(new IllegalStateException("nobody whispers to a phone"))
                        : call.whisper(name, profile, description).thenApply(whisper -> {
                            Ear ear = whisper.ear();
                            tell(seat, recordId, new Voice(name, Turn.BEGINS, ear.tag(), ear.description()));
                            return new Mouth(name, whisper.answer());
                        }));
    }

    /** Whether the caller hears the supervisor who whispers as {@code voice}. */
    public CompletableFuture<Boolean> aloud(String recordId, String voice, boolean on) {
        return with(recordId, (call, seat) -> {
            if (seat != null) {
                tell(seat, recordId, new Voice(voice, on ? Turn.ALOUD : Turn.WHISPERS));
            }
            return CompletableFuture.completedFuture(seat != null);
        });
    }

    /** Ends {@link #whisper}; a voice that is over already, with the sound it was in, is no failure. */
    public CompletableFuture<Boolean> hush(String recordId, String voice) {
        if (!voice.startsWith(VOICE)) {
            return CompletableFuture.failedFuture(new IllegalArgumentException("\"" + voice + "\" is no voice"));
        }
        return with(recordId, (call, seat) -> {
            if (seat != null) {
                tell(seat, recordId, new Voice(voice, Turn.ENDS));
            }
            return call.hush(voice).handle((done, gone) -> true);
        });
    }

    /** The page of {@code seat}, where somebody sits and is free, gets the call in place of its operator. */
    public CompletableFuture<Boolean> takeOver(String recordId, String seat) {
        return CompletableFuture.supplyAsync(() -> board.takeOver(recordId, seat), loop::execute);
    }

    private void tell(String seat, String recordId, Voice voice) {
        loop.execute(() -> board.pages().screen().whisper(seat, recordId, voice));
    }

    private record Place(RelayedCall call, @Nullable String page) {}

    /** @param what gets the sound of the call and the operator's page, null for a phone */
    private <T> CompletableFuture<T> with(
            String recordId, BiFunction<RelayedCall, @Nullable String, CompletableFuture<T>> what) {
        return CompletableFuture.supplyAsync(() -> board.call(recordId).flatMap(Eavesdrop::place), loop::execute)
                .thenCompose((Optional<Place> found) -> found.isPresent()
                        ? what.apply(found.get().call(), found.get().page())
                        : CompletableFuture.failedFuture(
                                new IllegalStateException("call " + recordId + " cannot be heard")));
    }

    private static Optional<Place> place(DivertedCallSignals call) {
        PageLeg page = call.page();
        return call.relayed().map(relayed -> new Place(relayed, page == null ? null : page.seat()));
    }
}
