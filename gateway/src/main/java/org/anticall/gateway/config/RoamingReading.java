package org.anticall.gateway.config;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads where roaming answers come from. */
final class RoamingReading {

    private static final String ONE_OF_THREE = "expected exactly one of out-roamers, lookup, simulator";

    private final Section section;
    private final ValueForm<Path> file;

    /**
     * @param file a file that exists
     */
    RoamingReading(Section section, ValueForm<Path> file) {
        this.section = section;
        this.file = file;
    }

    @Nullable
    Roaming roaming() {
        Path list = section.optional("out-roamers", file);
        Section lookup = section.section("lookup");
        Duration simulator = section.optional("simulator", Forms.duration(Duration.ZERO, ofSeconds(2)));
        RoamingSource source = null;
        int sources = 0;
        if (section.has("out-roamers")) {
            sources++;
            source = list == null ? null : new RoamingSource.OutRoamerList(list);
        }
        if (lookup != null) {
            sources++;
            source = lookup(lookup);
            lookup.close();
        }
        if (section.has("simulator")) {
            sources++;
            source = simulator == null ? null : new RoamingSource.Simulator(simulator);
        }
        if (sources != 1) {
            section.problem(ONE_OF_THREE);
        }
        RoamingMemory memory = memory();
        section.close();
        return source == null ? null : new Roaming(source, memory);
    }

    private @Nullable RoamingLookup lookup(Section keys) {
        URI url = keys.required("url", Forms.HTTP);
        Path tokenFile = keys.optional("token-file", file);
        Path trust = keys.optional("trust", file);
        int pending = keys.optional("pending", Forms.number(1, 10_000), 500);
        Duration giveUp = keys.optional("give-up", Forms.duration(ofMillis(10), ofSeconds(10)), ofSeconds(1));
        int failures = keys.optional("failures", Forms.number(1, 10_000), 20);
        Duration rest = keys.optional("rest", Forms.duration(ofMillis(100), ofMinutes(10)), ofSeconds(5));
        return url == null ? null : new RoamingLookup(url, tokenFile, trust, pending, giveUp, failures, rest);
    }

    private RoamingMemory memory() {
        Section keys = section.section("keep");
        RoamingMemory standard = RoamingMemory.DEFAULT;
        if (keys == null) {
            return standard;
        }
        ValueForm<Duration> time = Forms.duration(Duration.ZERO, ofHours(1));
        RoamingMemory memory = new RoamingMemory(
                keys.optional("roaming", time, standard.roaming()),
                keys.optional("home", time, standard.home()),
                keys.optional("unallocated", time, standard.unallocated()),
                keys.optional("unknown", time, standard.unknown()),
                keys.optional("timeout", time, standard.timeout()),
                keys.optional("numbers", Forms.number(1, 999_999), standard.numbers()));
        keys.close();
        return memory;
    }
}
