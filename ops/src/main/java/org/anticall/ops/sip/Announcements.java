package org.anticall.ops.sip;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import javax.sip.header.Header;
import org.anticall.ops.media.RelayedCall.Profile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls that nobody took and whose rule wants the caller told before they are declined. Where there is nothing to tell, or no
 * relay to tell it, they are declined at once. Owned by the desk's thread.
 */
final class Announcements {

    private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);

    private final Sounds sounds;
    private final DeskLoop loop;
    private final Supplier<Header[]> capacity;
    private final BiConsumer<String, Boolean> told;
    private final Set<DivertedCallSignals> underWay = new HashSet<>();
    private boolean closed;

    /**
     * @param capacity what the desk can take, for the refusals
     * @param told gets the record id of each call whose caller was to be told, and whether it heard anything
     */
    Announcements(Sounds sounds, DeskLoop loop, Supplier<Header[]> capacity, BiConsumer<String, Boolean> told) {
        this.sounds = sounds;
        this.loop = loop;
        this.capacity = capacity;
        this.told = told;
    }

    /** Declines the call, after an announcement if its rule wants one. */
    void refuse(DivertedCallSignals call) {
        if (closed || !call.isToBeTold()) {
            call.refuse(false, capacity.get());
            return;
        }
        Optional<Sound> sound = sound(call);
        if (sound.isPresent()) {
            underWay.add(call);
            call.announce(sound.get(), sounds.announcements(), heard -> over(call, heard), capacity);
        } else {
            call.refuse(false, capacity.get());
            LOG.atWarn()
                    .addKeyValue("call", call.recordId())
                    .addKeyValue("files", sounds.announcements().size())
                    .log("an announcement is left out: no file of it, no relay, or a caller that offers no sound yet");
            told.accept(call.recordId(), false);
        }
    }

    /** Declines at once whoever is being told, and tells nobody any more. */
    void close() {
        closed = true;
        List.copyOf(underWay).forEach(call -> call.refuse(false, capacity.get()));
        underWay.clear();
    }

    private Optional<Sound> sound(DivertedCallSignals call) {
        return sounds.announcements().isEmpty() || !call.canBeTold()
                ? Optional.empty()
                : sounds.begin(call.recordId() + "-" + SipEndpoint.unique(), Profile.RTP, loop)
                        .filter(sound -> sound.relayed() != null);
    }

    private void over(DivertedCallSignals call, boolean heard) {
        underWay.remove(call);
        told.accept(call.recordId(), heard);
    }
}
