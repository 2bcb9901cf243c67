package org.anticall.gateway.config;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads how the process is run: {@code drain-for}, {@code cdr}, {@code hep}. */
final class OperationReading {

    private static final long DEFAULT_ROTATE_BYTES = 64L << 20;
    private static final ValueForm<CdrSettings.Format> FORMAT =
            new ValueForm<>("json or csv", text -> constant(CdrSettings.Format.values(), text));
    private static final ValueForm<CdrSettings.Numbers> NUMBERS =
            new ValueForm<>("masked or full", text -> constant(CdrSettings.Numbers.values(), text));

    private final Section root;
    private final @Nullable Path state;
    private final Function<String, @Nullable Path> resolve;

    /**
     * @param state where files go unless another place is named, null if that could not be read
     * @param resolve makes a path of a text, null if it is none
     */
    OperationReading(Section root, @Nullable Path state, Function<String, @Nullable Path> resolve) {
        this.root = root;
        this.state = state;
        this.resolve = resolve;
    }

    Operation operation() {
        Duration drainFor =
                root.optional("drain-for", Forms.duration(Duration.ZERO, ofHours(4)), Operation.DEFAULT.drainFor());
        return new Operation(drainFor, cdr(), hep());
    }

    private @Nullable CdrSettings cdr() {
        Section section = root.section("cdr");
        if (section == null || state == null) {
            return null;
        }
        Path directory = section.optional("directory", new ValueForm<>("a directory", resolve), state.resolve("cdr"));
        List<CdrSettings.Format> named = section.optionalList("formats", FORMAT);
        Set<CdrSettings.Format> formats =
                named == null || named.isEmpty() ? EnumSet.of(CdrSettings.Format.JSON) : EnumSet.copyOf(named);
        CdrSettings settings = new CdrSettings(
                directory,
                formats,
                section.optional("numbers", NUMBERS, CdrSettings.Numbers.MASKED),
                section.optional("rotate-size", Forms.size(64 << 10, 16L << 30), DEFAULT_ROTATE_BYTES),
                section.optional("rotate-every", Forms.duration(ofSeconds(1), ofHours(24)), ofHours(1)));
        section.close();
        return settings;
    }

    private @Nullable HepSettings hep() {
        Section section = root.section("hep");
        if (section == null) {
            return null;
        }
        InetSocketAddress collector = section.required("collector", Forms.ENDPOINT);
        int captureId = section.optional("capture-id", Forms.number(1, 999_999), 1);
        int sample = section.optional("sample", Forms.number(1, 999_999), 1);
        section.close();
        return collector == null ? null : new HepSettings(collector, captureId, sample);
    }

    private static <E extends Enum<E>> @Nullable E constant(E[] constants, String text) {
        for (E constant : constants) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
                return constant;
            }
        }
        return null;
    }
}
