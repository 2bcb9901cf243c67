package org.anticall.ops.sip;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.anticall.ops.desk.CallDistributor;
import org.anticall.ops.desk.DeskCommand;
import org.anticall.ops.media.MediaRelay;
import org.anticall.ops.media.RelayedCall.Profile;
import org.jspecify.annotations.Nullable;

/**
 * Which sound calls get: when a seat rings, when another takes over, when a page was reloaded or a relay died, when a call
 * goes on to its callee. Where there is none, the distributor is told. Owned by the desk's thread.
 */
final class SoundChoice {

    private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(1);

    /** How often a call without sound is given another one. */
    static final int MOST_RESCUES = 10;

    private final Sounds sounds;
    private final DeskLoop loop;
    private final CallDistributor desk;
    private final Consumer<List<DeskCommand>> carryOut;
    private final Supplier<Collection<DivertedCallSignals>> calls;
    private final PageSeats pages;
    private final Registrar registrar;
    private final @Nullable Bypass bypass;

    /** @param calls all that are on the wire */
    SoundChoice(
            Sounds sounds,
            DeskLoop loop,
            CallDistributor desk,
            Consumer<List<DeskCommand>> carryOut,
            Supplier<Collection<DivertedCallSignals>> calls,
            PageSeats pages,
            Registrar registrar,
            @Nullable Bypass bypass) {
        this.sounds = sounds;
        this.loop = loop;
        this.desk = desk;
        this.carryOut = carryOut;
        this.calls = calls;
        this.pages = pages;
        this.registrar = registrar;
        this.bypass = bypass;
    }

    /** What a page of the console understands. */
    Profile ofPages() {
        return pages.screen().profile();
    }

    /** Lets the page of {@code seat} into an answered call; false where no relay is up. */
    boolean takeOver(DivertedCallSignals call, String seat) {
        Optional<Sound> fresh = begin(call.recordId(), ofPages());
        fresh.ifPresent(sound -> call.takeOver(pages, seat, sound));
        return fresh.isPresent();
    }

    /** Calls that {@code relay} carried are heard by another one. */
    void relayLost(MediaRelay relay) {
        List.copyOf(calls.get()).stream()
                .filter(call -> call.isCarriedBy(relay))
                .forEach(call -> resound(call, call.page() == null ? Profile.RTP : ofPages(), MOST_RESCUES));
    }

    /** Gives a call another sound; where there is none yet, again in a second. */
    void resound(DivertedCallSignals call, Profile seat, int tries) {
        if (!calls.get().contains(call)) {
            return;
        }
        Optional<Sound> fresh = begin(call.recordId(), seat);
        if (fresh.isPresent()) {
            call.resound(fresh.get());
        } else if (tries > 1) {
            var unused = loop.schedule(TRY_AGAIN_AFTER, () -> resound(call, seat, tries - 1));
        } else {
            carryOut.accept(desk.lost(call.recordId()));
        }
    }

    /** Calls the callee, or has the operator keep the call. */
    void passOn(DivertedCallSignals call) {
        Optional<Sound> sound = begin(call.recordId(), Profile.RTP);
        if (bypass == null || sound.isEmpty()) {
            call.keep();
            carryOut.accept(desk.answeredCalls().notPassedOn(call.recordId()));
        } else {
            call.passOn(bypass, sound.get());
        }
    }

    /** Lets a seat ring. */
    void ring(DivertedCallSignals call, DeskCommand.Ring ring) {
        Optional<Phone> phone = registrar.phone(ring.seat());
        boolean page = pages.has(ring.seat());
        if (phone.isEmpty() && !page) {
            carryOut.accept(desk.unreachable(ring.recordId(), ring.seat()));
            return;
        }
        Optional<Sound> sound = begin(ring.recordId(), page ? ofPages() : Profile.RTP);
        if (sound.isEmpty()) {
            boolean others = page && sounds.areAvailable(); // phones, straight: the call is not this page's to lose
            carryOut.accept(others ? desk.declined(ring.recordId(), ring.seat()) : desk.unheard(ring.recordId()));
            return;
        }
        if (page) {
            call.ring(pages, ring.seat(), sound.get());
        } else {
            call.ring(phone.orElseThrow(), sound.get());
        }
    }

    private Optional<Sound> begin(String recordId, Profile seat) {
        return sounds.begin(recordId + "-" + SipEndpoint.unique(), seat, loop);
    }
}
