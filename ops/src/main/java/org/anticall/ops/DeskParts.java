package org.anticall.ops;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.anticall.ops.config.AddressBlock;
import org.anticall.ops.config.OpsConfig;
import org.anticall.ops.config.OpsConfig.Desk;
import org.anticall.ops.desk.DeskListener;
import org.anticall.ops.desk.DeskPolicy;
import org.anticall.ops.http.DeskActions;
import org.anticall.ops.media.MediaRelay;
import org.anticall.ops.media.MediaRelays;
import org.anticall.ops.media.PhoneKeys;
import org.anticall.ops.media.Recordings;
import org.anticall.ops.media.SealedFile;
import org.anticall.ops.media.TestCall;
import org.anticall.ops.sip.AddressRange;
import org.anticall.ops.sip.DeskServer;
import org.anticall.ops.sip.DeskSettings;
import org.anticall.ops.sip.KeptCalls;
import org.anticall.ops.sip.SeatScreen;
import org.anticall.ops.sip.Sounds;
import org.jspecify.annotations.Nullable;

/** The desk as the configuration wants it, with everybody who listens to it; a centre may do without one. */
final class DeskParts implements DeskActions, AutoCloseable {

    private static final long ANSWER_SECONDS = 2;

    private final @Nullable DeskServer desk;
    private final @Nullable MediaRelays relays;
    private final @Nullable Recordings recordings;
    private final @Nullable PhoneKeys keys;
    private final Map<String, String> accounts;

    private DeskParts(
            @Nullable DeskServer desk,
            @Nullable MediaRelays relays,
            @Nullable Recordings recordings,
            @Nullable PhoneKeys keys,
            Map<String, String> accounts) {
        this.desk = desk;
        this.relays = relays;
        this.recordings = recordings;
        this.keys = keys;
        this.accounts = Map.copyOf(accounts);
    }

    /** @throws IOException if the desk's address is taken or is not this machine's */
    static DeskParts start(
            OpsConfig.@Nullable Desk config, Path state, SeatScreen screen, KeptCalls kept, DeskListener listener)
            throws IOException {
        if (config == null) {
            return new DeskParts(null, null, null, null, Map.of());
        }
        OpsConfig.Media media = config.media();
        MediaRelays relays = media == null ? null : new MediaRelays(media.relays());
        Recordings recordings = recordings(media, state);
        if (recordings != null && relays != null) {
            recordings.check(relays);
        }
        PhoneKeys keys = null;
        try {
            Sounds sounds = sounds(media, relays, recordings);
            InetSocketAddress keysAt = media == null ? null : media.keys();
            if (media != null && keysAt != null) {
                keys = new PhoneKeys(keysAt, media.relays());
                sounds = sounds.telling(keys);
            }
            DeskServer desk = DeskServer.start(settings(config), sounds, screen, kept);
            desk.addListener(listener);
            desk.seats().forEach(listener::changed);
            return new DeskParts(desk, relays, recordings, keys, accounts(config));
        } catch (IOException | RuntimeException e) {
            if (keys != null) {
                keys.close();
            }
            if (relays != null) {
                relays.close();
            }
            throw e;
        }
    }

    /** Recordings of answered calls; null where none are made. */
    @Nullable
    Recordings recordings() {
        return recordings;
    }

    /** The desk itself; null if there is none. */
    @Nullable
    DeskServer server() {
        return desk;
    }

    /** UDP port of the desk, 0 if there is none. */
    int port() {
        return desk == null ? 0 : desk.port();
    }

    /** Whether the desk's thread does what it is given, within {@code patience}; true for a centre without a desk. */
    boolean turns(Duration patience) {
        if (desk == null) {
            return true;
        }
        try {
            desk.turn().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException | RejectedExecutionException stuckOrClosed) {
            return false;
        }
    }

    @Override
    public boolean release(String recordId) {
        if (desk == null) {
            return false;
        }
        try {
            return desk.release(recordId).get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException notDone) {
            return false;
        }
    }

    @Override
    public Optional<TestCall> testCall() {
        return relays == null ? Optional.empty() : TestCall.begin(relays);
    }

    @Override
    public String accountAt(String seat) {
        return accounts.getOrDefault(seat, seat);
    }

    @Override
    public Relays relays() {
        List<MediaRelay> all = relays == null ? List.of() : relays.all();
        return new Relays((int) all.stream().filter(MediaRelay::isUp).count(), all.size());
    }

    @Override
    public void close() {
        if (desk != null) {
            desk.close();
        }
        if (keys != null) {
            keys.close();
        }
        if (relays != null) {
            relays.close();
        }
        if (recordings != null) {
            recordings.close();
        }
    }

    private static Sounds sounds(
            OpsConfig.@Nullable Media media, @Nullable MediaRelays relays, @Nullable Recordings recordings) {
        if (media == null || relays == null) {
            return Sounds.direct();
        }
        Sounds sounds = recordings == null
                ? Sounds.through(relays, media.directWithoutRelay())
                : Sounds.recorded(relays, recordings, media.directWithoutRelay());
        return sounds.announcing(
                media.announcements().stream().map(Path::toString).toList());
    }

    private static @Nullable Recordings recordings(OpsConfig.@Nullable Media media, Path state) throws IOException {
        if (media == null || media.spool() == null || media.recordingKey() == null) {
            return null;
        }
        byte[] key = Files.readAllBytes(media.recordingKey());
        if (key.length != SealedFile.KEY_BYTES) {
            throw new IOException(media.recordingKey() + " has " + key.length + " bytes, expected "
                    + SealedFile.KEY_BYTES + " random ones");
        }
        return new Recordings(media.spool(), state.resolve("recordings"), key);
    }

    /** Who sits at which phone, where the configuration says it. */
    private static Map<String, String> accounts(Desk config) {
        Map<String, String> accounts = new HashMap<>();
        for (OpsConfig.Phone phone : config.phones()) {
            String account = phone.account();
            if (account != null) {
                accounts.put(phone.user(), account);
            }
        }
        return accounts;
    }

    private static DeskSettings settings(Desk config) throws IOException {
        Path key = config.bypassKey();
        Map<String, String> passwords = new LinkedHashMap<>();
        config.phones()
                .forEach(phone -> passwords.put(phone.user(), phone.password().value()));
        return new DeskSettings(
                config.listen().getAddress().getHostAddress(),
                config.listen().getPort(),
                ranges(config.gateways()),
                ranges(config.phonesFrom()),
                config.realm(),
                passwords,
                DeskPolicy.of(config.answerWithin(), config.wrapUp(), config.staffing()),
                config.releaseOnDecline() ? DeskSettings.DECLINE_KEY : 0,
                key == null ? new byte[0] : Files.readAllBytes(key),
                config.releaseKey());
    }

    private static List<AddressRange> ranges(List<AddressBlock> blocks) {
        return blocks.stream()
                .map(block -> new AddressRange(block.address(), block.prefixBits()))
                .toList();
    }
}
