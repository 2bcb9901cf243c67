package org.anticall.ops.sip;

import java.util.Optional;
import org.anticall.ops.media.MediaRelays;
import org.jspecify.annotations.Nullable;

/** How the sound of diverted calls goes: through media relays, or straight between carrier and phone. Any thread. */
public final class Sounds {

    private final @Nullable MediaRelays relays;
    private final boolean mayBeDirect;

    private Sounds(@Nullable MediaRelays relays, boolean mayBeDirect) {
        this.relays = relays;
        this.mayBeDirect = mayBeDirect;
    }

    /** Straight between carrier and phone: each sees the other's media address. */
    public static Sounds direct() {
        return new Sounds(null, true);
    }

    /**
     * Through relays; the caller closes them.
     *
     * @param directWithoutRelay whether sound goes straight while no relay is up, instead of sending callers down the ladder
     */
    public static Sounds through(MediaRelays relays, boolean directWithoutRelay) {
        return new Sounds(relays, directWithoutRelay);
    }

    /** Whether a call could be heard now. */
    boolean areAvailable() {
        return mayBeDirect || (relays != null && relays.isAnyUp());
    }

    /** The sound between the caller and one seat, empty if there can be none. {@code callId} is used once. */
    Optional<Sound> begin(String callId, DeskLoop loop) {
        Optional<Sound> relayed =
                relays == null ? Optional.empty() : relays.begin(callId).map(call -> Sound.through(call, loop));
        return relayed.isEmpty() && mayBeDirect ? Optional.of(Sound.direct(loop)) : relayed;
    }
}
