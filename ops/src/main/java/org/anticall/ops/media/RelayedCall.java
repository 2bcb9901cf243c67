package org.anticall.ops.media;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The sound between two parties, carried by one relay: it takes their session descriptions in turn (RFC 3264) and gives
 * each the relay's address instead of the other's. May be used by any thread; the order of offers and answers is the
 * caller's affair.
 */
public final class RelayedCall {

    /** The parties of a diverted call; the name is the tag the relay knows them by. */
    public enum Party {
        CALLER,
        OPERATOR;

        Party other() {
            return this == CALLER ? OPERATOR : CALLER;
        }

        String tag() {
            return this == CALLER ? "caller" : "operator";
        }

        /** The party with that tag; null if it is somebody else's. */
        static @Nullable Party of(String tag) {
            return tag.equals(CALLER.tag()) ? CALLER : tag.equals(OPERATOR.tag()) ? OPERATOR : null;
        }
    }

    /** Which sort of session description a party understands. */
    public enum Profile {
        /** Plain RTP, as carriers and desk phones speak it (RFC 3551). */
        RTP,
        /** WebRTC as browsers speak it: DTLS-SRTP, ICE, one port (RFC 8827, RFC 8829). */
        WEBRTC
    }

    private final MediaRelay relay;
    private final String callId;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile boolean bothAreKnown;

    RelayedCall(MediaRelay relay, String callId) {
        this(relay, callId, false);
    }

    RelayedCall(MediaRelay relay, String callId, boolean bothAreKnown) {
        this.relay = relay;
        this.callId = callId;
        this.bothAreKnown = bothAreKnown;
    }

    /** The relay that carries it. */
    public MediaRelay relay() {
        return relay;
    }

    /**
     * Takes an offer, the first or a later one.
     *
     * @param from who offers
     * @param to what the other party understands
     * @return what is to be offered to the other party; fails with a {@link RelayFailure}
     */
    public CompletableFuture<String> offer(Party from, Profile to, String description) {
        return describe("offer", from, to, description);
    }

    /**
     * Takes the answer to the last offer.
     *
     * @param from who answers
     * @param to what the party that offered understands
     * @return what is to be answered to the party that offered; fails with a {@link RelayFailure}
     */
    public CompletableFuture<String> answer(Party from, Profile to, String description) {
        bothAreKnown = true;
        return describe("answer", from.other(), to, description);
    }

    /** Its name at the relay. */
    public String callId() {
        return callId;
    }

    /** What both parties say is captured from now on. */
    public CompletableFuture<?> record() {
        return relay.ask("start recording", callId, Map.of());
    }

    /** The parties hear each other no longer; the caller hears music. */
    public CompletableFuture<?> hold() {
        return CompletableFuture.allOf(block(Party.CALLER, true), block(Party.OPERATOR, true))
                .thenCompose(blocked -> relay.ask("play media", callId, MusicOnHold.towards(Party.CALLER.tag())));
    }

    /** Lets a party hear music, beside whatever else it hears. */
    CompletableFuture<?> play(Party listener) {
        return relay.ask("play media", callId, MusicOnHold.towards(listener.tag()));
    }

    /**
     * Lets the caller hear a sound file once.
     *
     * @param file where the relay finds it, in a form that it can play
     * @return how long it lasts; fails with a {@link RelayFailure} where the relay cannot play it
     */
    public CompletableFuture<Duration> play(String file) {
        return relay.ask("play media", callId, Map.of("from-tag", Party.CALLER.tag(), "file", file))
                .thenCompose(answer -> answer.get("duration") instanceof Number millis && millis.longValue() > 0
                        ? CompletableFuture.completedFuture(Duration.ofMillis(millis.longValue()))
                        : CompletableFuture.failedFuture(
                                new RelayFailure(relay + " does not say how long " + file + " lasts")));
    }

    /**
     * A copy of what one party says, for a third one that listens in a browser.
     *
     * @param tag names it at the relay
     * @param description a WebRTC offer
     */
    public record Ear(String tag, String description) {}

    /** Begins to listen to {@code party} as {@code to} understands it; its answer comes with {@link #heard}. */
    public CompletableFuture<Ear> listen(Party party, Profile to) {
        return listenTo(party.tag(), to, towards(to));
    }

    /** Whoever speaks and listens in a browser agrees on a codec of browsers: what the relay took of a voice goes on as it is. */
    private CompletableFuture<Ear> listenToVoice(String voice, Profile to) {
        Map<String, Object> asItIs = new HashMap<>(towards(to));
        asItIs.remove("codec");
        return listenTo(voice, to, asItIs);
    }

    private CompletableFuture<Ear> listenTo(String voice, Profile to, Map<String, Object> profile) {
        Map<String, Object> more = new HashMap<>(profile);
        more.put("from-tag", voice);
        more.put("replace", List.of("origin", "session-connection"));
        return relay.ask("subscribe request", callId, more)
                .thenCompose(
                        answer -> answer.get("sdp") instanceof String sdp && answer.get("to-tag") instanceof String tag
                                ? CompletableFuture.completedFuture(
                                        new Ear(tag, to == Profile.WEBRTC ? ListenersIce.offer(sdp) : sdp))
                                : CompletableFuture.failedFuture(new RelayFailure(relay + " lets nobody listen")));
    }

    /**
     * A third voice beside the parties.
     *
     * @param answer to whoever speaks
     * @param ear for the one who is to hear it; nobody else does
     */
    public record Whisper(String answer, Ear ear) {}

    /**
     * Lets a supervisor be heard by the operator alone.
     *
     * @param voice names the speaker at the relay
     * @param description the speaker's offer
     */
    public CompletableFuture<Whisper> whisper(String voice, Profile profile, String description) {
        Map<String, Object> more = new HashMap<>(towards(profile));
        more.remove("codec");
        more.put("from-tag", voice);
        more.put("sdp", description);
        more.put("replace", List.of("origin", "session-connection"));
        return relay.ask("publish", callId, more)
                .thenCompose(answer -> answer.get("sdp") instanceof String sdp
                        ? listenToVoice(voice, profile).thenApply(ear -> new Whisper(sdp, ear))
                        : CompletableFuture.failedFuture(new RelayFailure(relay + " lets nobody whisper")));
    }

    /** Nobody speaks as {@code voice} any more. */
    public CompletableFuture<?> hush(String voice) {
        return relay.ask("delete", callId, Map.of("from-tag", voice, "delete-delay", 0));
    }

    /** The listener's answer to the offer of {@code tag}. */
    public CompletableFuture<?> heard(String tag, String description) {
        return relay.ask("subscribe answer", callId, Map.of("to-tag", tag, "sdp", description));
    }

    /** Nobody listens as {@code tag} any more. */
    public CompletableFuture<?> deaf(String tag) {
        return relay.ask("unsubscribe", callId, Map.of("to-tag", tag));
    }

    /** Ends {@link #hold}. */
    public CompletableFuture<?> resume() {
        return relay.ask("stop media", callId, Map.of("from-tag", Party.CALLER.tag()))
                .thenCompose(
                        stopped -> CompletableFuture.allOf(block(Party.CALLER, false), block(Party.OPERATOR, false)));
    }

    /** Whether the caller hears the operator. */
    public CompletableFuture<?> mute(boolean muted) {
        return block(Party.OPERATOR, muted);
    }

    private CompletableFuture<Map<String, Object>> block(Party party, boolean on) {
        return relay.ask(on ? "block media" : "unblock media", callId, Map.of("from-tag", party.tag()));
    }

    /**
     * Ends the sound; a second call does nothing.
     *
     * @return the relay's statistics per stream; empty if it was over or the relay does not say
     */
    public CompletableFuture<Map<String, Object>> end() {
        if (over.getAndSet(true)) {
            return CompletableFuture.completedFuture(Map.of());
        }
        relay.ended();
        return relay.ask("delete", callId, Map.of("from-tag", Party.CALLER.tag()))
                .exceptionally(gone -> Map.of());
    }

    /**
     * How many packets of sound the relay took in, by the statistics of {@link #end}; {@link Long#MAX_VALUE} where it does not
     * say.
     */
    public static long packets(Map<String, Object> statistics) {
        return statistics.get("totals") instanceof Map<?, ?> totals
                        && totals.get("RTP") instanceof Map<?, ?> sound
                        && sound.get("packets") instanceof Number packets
                ? packets.longValue()
                : Long.MAX_VALUE;
    }

    private CompletableFuture<String> describe(String command, Party offerer, Profile to, String description) {
        Map<String, Object> more = new HashMap<>(towards(to));
        more.put("sdp", description);
        more.put("from-tag", offerer.tag());
        if (bothAreKnown) {
            more.put("to-tag", offerer.other().tag());
        }
        more.put("replace", List.of("origin", "session-connection"));
        return relay.ask(command, callId, more)
                .thenCompose(answer -> answer.get("sdp") instanceof String sdp
                        ? CompletableFuture.completedFuture(sdp)
                        : CompletableFuture.failedFuture(
                                new RelayFailure(relay + " answers without a session description")));
    }

    private static Map<String, Object> towards(Profile profile) {
        return profile == Profile.WEBRTC ? towardsBrowser() : towardsTrunkOrPhone();
    }

    private static Map<String, Object> towardsTrunkOrPhone() {
        return Map.of(
                "transport-protocol",
                "RTP/AVP",
                "ICE",
                "remove",
                "rtcp-mux",
                List.of("demux"),
                "flags",
                List.of("trust-address"));
    }

    private static Map<String, Object> towardsBrowser() {
        return Map.of(
                "transport-protocol", "UDP/TLS/RTP/SAVPF",
                "ICE", "force",
                "rtcp-mux", List.of("offer", "require"),
                "SDES", List.of("off"),
                "address-family", "IP4",
                "flags", List.of("generate-mid", "trust-address"),
                "codec", Map.of("strip", List.of("all"), "offer", List.of("PCMA", "PCMU", "telephone-event")));
    }
}
