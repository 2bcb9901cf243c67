package org.anticall.ops.sip;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.anticall.ops.media.MediaRelay;
import org.anticall.ops.media.MediaRelays;
import org.anticall.ops.media.PhoneKeys;
import org.anticall.ops.media.Recordings;
import org.anticall.ops.media.RelayedCall.Profile;
import org.jspecify.annotations.Nullable;

/** How the sound of diverted calls goes: through media relays, or straight between carrier and phone. Any thread. */
public final class Sounds {

    private final @Nullable MediaRelays relays;
    private final @Nullable Recordings recordings;
    private final boolean mayBeDirect;
    private final List<String> announcements;
    private final @Nullable PhoneKeys keys;

    private Sounds(
            @Nullable MediaRelays relays,
            @Nullable Recordings recordings,
            boolean mayBeDirect,
            List<String> announcements,
            @Nullable PhoneKeys keys) {
        this.keys = keys;
        this.announcements = List.copyOf(announcements);
        this.relays = relays;
        this.recordings = recordings;
        this.mayBeDirect = mayBeDirect;
    }

    /** Straight between carrier and phone: each sees the other's media address. */
    public static Sounds direct() {
        return new Sounds(null, null, true, List.of(), null);
    }

    /**
     * Through relays; the caller closes them.
     *
     * @param directWithoutRelay whether sound goes straight while no relay is up, instead of sending callers down the ladder
     */
    public static Sounds through(MediaRelays relays, boolean directWithoutRelay) {
        return new Sounds(relays, null, directWithoutRelay, List.of(), null);
    }

    /** Like {@link #through(MediaRelays, boolean)}; answered calls are recorded. The caller closes both. */
    public static Sounds recorded(MediaRelays relays, Recordings recordings, boolean directWithoutRelay) {
        return new Sounds(relays, recordings, directWithoutRelay, List.of(), null);
    }

    /**
     * The same, with what callers are told whose calls nobody takes, where a rule wants that.
     *
     * @param files as the relays find them, in the order they are heard
     */
    public Sounds announcing(List<String> files) {
        return new Sounds(relays, recordings, mayBeDirect, files, keys);
    }

    /** The same, with what the relays tell of keys that travel among the sound of phones; the caller closes it. */
    public Sounds telling(PhoneKeys pressed) {
        return new Sounds(relays, recordings, mayBeDirect, announcements, pressed);
    }

    /** {@code listener} hears of such keys, on their thread. */
    void onKey(PhoneKeys.Listener listener) {
        if (keys != null) {
            keys.onPress(listener);
        }
    }

    /** What callers are told; empty if there is nothing to tell. */
    List<String> announcements() {
        return announcements;
    }

    /** {@code listener} hears of each relay that goes down, on a thread of the relays. */
    void onLoss(Consumer<MediaRelay> listener) {
        if (relays != null) {
            relays.onLoss(listener);
        }
    }

    /** Whether a call could be heard now. */
    boolean areAvailable() {
        return mayBeDirect || (relays != null && relays.isAnyUp());
    }

    /**
     * The sound between the caller and one seat, empty if there can be none. A page always needs a relay.
     *
     * @param callId is used once
     * @param seat what the seat understands
     */
    Optional<Sound> begin(String callId, Profile seat, DeskLoop loop) {
        Optional<Sound> relayed = relays == null
                ? Optional.empty()
                : relays.begin(callId).map(call -> Sound.through(call, seat, recordings, loop));
        boolean direct = mayBeDirect && seat == Profile.RTP;
        return relayed.isEmpty() && direct ? Optional.of(Sound.direct(loop)) : relayed;
    }

    /**
     * The sound of a call of an earlier run goes on where it was.
     *
     * @param kept null where the parties exchange sound directly
     */
    Sound takeUp(KeptCall.@Nullable Relay kept, Profile seat, DeskLoop loop) {
        Optional<Sound> relayed = kept == null || relays == null
                ? Optional.empty()
                : relays.takeUp(kept.host(), kept.port(), kept.callId())
                        .map(call -> Sound.takenUp(call, seat, recordings, loop, kept));
        return relayed.orElseGet(() -> Sound.direct(loop));
    }
}
