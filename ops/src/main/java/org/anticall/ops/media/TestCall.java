package org.anticall.ops.media;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.anticall.ops.media.RelayedCall.Party;
import org.anticall.ops.media.RelayedCall.Profile;
import org.jspecify.annotations.Nullable;

/**
 * A call without a caller, by which a page of the console tries its sound: the page hears music, and the relay counts what the
 * page sends. Thread-safe.
 */
public final class TestCall {

    /** A caller who is nowhere (RFC 863). */
    private static final String NOBODY = String.join(
            "\r\n",
            "v=0",
            "o=- 1 1 IN IP4 127.0.0.1",
            "s=-",
            "c=IN IP4 127.0.0.1",
            "t=0 0",
            "m=audio 9 RTP/AVP 8",
            "a=rtpmap:8 PCMA/8000",
            "a=sendrecv",
            "");

    private final RelayedCall call;

    private TestCall(RelayedCall call) {
        this.call = call;
    }

    /** Begins one at a relay that is up; empty if none is. */
    public static Optional<TestCall> begin(MediaRelays relays) {
        return relays.begin("test-" + UUID.randomUUID()).map(TestCall::new);
    }

    /** What the page is to answer; fails with a {@link RelayFailure}. */
    public CompletableFuture<String> offer() {
        return call.offer(Party.CALLER, Profile.WEBRTC, NOBODY);
    }

    /** The page's answer: the music begins. Fails with a {@link RelayFailure}. */
    public CompletableFuture<?> answered(String description) {
        return call.answer(Party.OPERATOR, Profile.RTP, description).thenCompose(known -> call.play(Party.OPERATOR));
    }

    /** Ends it; how many packets came of the page, 0 where the relay does not say. A second call does nothing. */
    public CompletableFuture<Long> end() {
        return call.end().thenApply(TestCall::packetsOfThePage);
    }

    private static long packetsOfThePage(Map<String, Object> statistics) {
        return all(of(of(statistics, "tags"), Party.OPERATOR.tag()).get("medias"))
                .flatMap(media -> all(media.get("streams")))
                .map(stream -> of(stream, "stats").get("packets"))
                .mapToLong(packets -> packets instanceof Number number ? number.longValue() : 0)
                .sum();
    }

    private static Stream<Map<?, ?>> all(@Nullable Object list) {
        Collection<?> found = list instanceof List<?> some ? some : List.of();
        return found.stream().filter(Map.class::isInstance).map(each -> (Map<?, ?>) each);
    }

    private static Map<?, ?> of(Map<?, ?> in, String key) {
        return in.get(key) instanceof Map<?, ?> found ? found : Map.of();
    }
}
