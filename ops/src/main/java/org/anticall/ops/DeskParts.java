package org.anticall.ops;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.anticall.ops.config.AddressBlock;
import org.anticall.ops.config.OpsConfig;
import org.anticall.ops.config.OpsConfig.Desk;
import org.anticall.ops.desk.DeskListener;
import org.anticall.ops.desk.DeskPolicy;
import org.anticall.ops.http.DeskActions;
import org.anticall.ops.media.MediaRelays;
import org.anticall.ops.sip.AddressRange;
import org.anticall.ops.sip.DeskServer;
import org.anticall.ops.sip.DeskSettings;
import org.anticall.ops.sip.Sounds;
import org.jspecify.annotations.Nullable;

/** The desk as the configuration wants it, with everybody who listens to it; a centre may do without one. */
final class DeskParts implements DeskActions, AutoCloseable {

    private static final long ANSWER_SECONDS = 2;

    private final @Nullable DeskServer desk;
    private final @Nullable MediaRelays relays;

    private DeskParts(@Nullable DeskServer desk, @Nullable MediaRelays relays) {
        this.desk = desk;
        this.relays = relays;
    }

    /** @throws IOException if the desk's address is taken or is not this machine's */
    static DeskParts start(OpsConfig.@Nullable Desk config, DeskListener listener) throws IOException {
        if (config == null) {
            return new DeskParts(null, null);
        }
        OpsConfig.Media media = config.media();
        MediaRelays relays = media == null ? null : new MediaRelays(media.relays());
        Sounds sounds =
                media == null || relays == null ? Sounds.direct() : Sounds.through(relays, media.directWithoutRelay());
        try {
            DeskServer desk = DeskServer.start(settings(config), sounds);
            desk.addListener(listener);
            desk.seats().forEach(listener::changed);
            return new DeskParts(desk, relays);
        } catch (IOException | RuntimeException e) {
            if (relays != null) {
                relays.close();
            }
            throw e;
        }
    }

    /** UDP port of the desk, 0 if there is none. */
    int port() {
        return desk == null ? 0 : desk.port();
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
    public void close() {
        if (desk != null) {
            desk.close();
        }
        if (relays != null) {
            relays.close();
        }
    }

    private static DeskSettings settings(Desk config) {
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
                DeskPolicy.of(config.answerWithin(), config.wrapUp()),
                config.releaseOnDecline() ? DeskSettings.DECLINE_KEY : 0);
    }

    private static List<AddressRange> ranges(List<AddressBlock> blocks) {
        return blocks.stream()
                .map(block -> new AddressRange(block.address(), block.prefixBits()))
                .toList();
    }
}
