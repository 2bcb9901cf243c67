package org.anticall.gateway.control;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.anticall.gateway.config.ConfigOutcome;
import org.anticall.gateway.config.ConfigProblem;
import org.anticall.gateway.config.GatewayConfig;
import org.anticall.gateway.config.RulesLocation;
import org.anticall.gateway.config.Trunk;
import org.anticall.gateway.path.GatewayPath;
import org.anticall.gateway.verdict.roaming.Whereabouts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration in force, and the way to another one without losing a packet. Trunks, hops, rules and the list of
 * roamers can be changed while calls are judged; for everything else the file is only compared, and what differs is said.
 * Everything is read first and taken live only if all of it can be used, so a mistake anywhere changes nothing at all: the
 * rules go last of what can fail, what comes behind them cannot. Thread-safe; reloads come one after another.
 */
public final class LiveConfig {

    private static final Logger LOG = LoggerFactory.getLogger(LiveConfig.class);

    /** Components of {@link GatewayConfig} that a reload brings to life. */
    private static final Set<String> LIVE = Set.of("trunks", "hops", "rules", "operation");

    private final GatewayConfig started;
    private final Supplier<ConfigOutcome> source;
    private final RuleFeed rules;
    private final Whereabouts whereabouts;
    private final Bypass bypass;
    private final GatewayPath path;
    private final FileWatch watch;
    private volatile GatewayConfig current;

    /**
     * @param started what the process was started with
     * @param source reads the configuration anew
     * @param whereabouts where subscribers are; what it reads from files is read anew too
     * @param watch told that the files were read, so that what was refused does not go live two seconds later
     */
    public LiveConfig(
            GatewayConfig started,
            Supplier<ConfigOutcome> source,
            RuleFeed rules,
            Whereabouts whereabouts,
            Bypass bypass,
            GatewayPath path,
            FileWatch watch) {
        this.started = started;
        this.current = started;
        this.source = source;
        this.rules = rules;
        this.whereabouts = whereabouts;
        this.bypass = bypass;
        this.path = path;
        this.watch = watch;
    }

    /** The trunks, hops and manners in force. For what needs a restart look at what the process was started with. */
    public GatewayConfig current() {
        return current;
    }

    /** Reads the configuration and what it names anew. */
    public synchronized Reloaded reload() {
        watch.acknowledge();
        ConfigOutcome outcome = source.get();
        if (outcome instanceof ConfigOutcome.Invalid invalid) {
            return refused(invalid.problems().stream().map(ConfigProblem::text).toList());
        }
        ConfigOutcome.Valid valid = (ConfigOutcome.Valid) outcome;
        GatewayConfig next = valid.config();
        long revision = rules.book().revision();
        boolean sameKind = bundles(next.rules()).equals(bundles(started.rules()));
        Staged staged = new Staged();
        staged.add(whereabouts::prepare);
        staged.add(path::prepareCertificates);
        if (staged.problems.isEmpty() && sameKind) {
            staged.problems.addAll(rules.reload(next.rules()));
        }
        if (!staged.problems.isEmpty()) {
            return refused(staged.problems);
        }
        staged.live.forEach(Runnable::run);
        List<String> changed = new ArrayList<>();
        if (rules.book().revision() != revision) {
            changed.add("rules: revision " + revision + " to " + rules.book().revision());
        }
        List<String> warnings = new ArrayList<>(
                valid.warnings().stream().map(ConfigProblem::text).toList());
        compare(next, changed, warnings);
        if (!sameKind && changed.remove("rules")) {
            warnings.add("rules: to or from bundles, or bundles of another place, takes effect after a restart");
        }
        bypass.trunks(next.trunks().stream().map(Trunk::name).collect(Collectors.toSet()));
        path.reconfigure(next);
        current = next;
        LOG.atInfo()
                .addKeyValue("changed", changed)
                .addKeyValue("warnings", warnings)
                .log("configuration reloaded");
        return new Reloaded(changed, warnings, List.of());
    }

    /** Reads only the rules and the list of roamers anew, because one of these files has changed; each for itself. */
    public synchronized Reloaded refresh() {
        boolean sameKind = bundles(current.rules()).equals(bundles(started.rules()));
        Staged staged = new Staged();
        staged.add(whereabouts::prepare);
        staged.live.forEach(Runnable::run);
        staged.problems.forEach(problem -> LOG.atError()
                .addKeyValue("cause", problem)
                .log("what roaming answers come from is not usable, what was before it stays"));
        if (sameKind) {
            staged.problems.addAll(rules.reload(current.rules()));
        }
        return Reloaded.refused(staged.problems);
    }

    /** What was read and waits for going live, and why something cannot. */
    private static final class Staged {

        final List<Runnable> live = new ArrayList<>();
        final List<String> problems = new ArrayList<>();

        interface Part {
            Runnable prepare() throws IOException;
        }

        void add(Part part) {
            try {
                live.add(part.prepare());
            } catch (IOException unusable) {
                problems.add(String.valueOf(unusable.getMessage()));
            }
        }
    }

    /** The place of bundles, empty for what is read from files. Files and keys can be changed while calls are judged. */
    private static List<Object> bundles(RulesLocation location) {
        if (!(location instanceof RulesLocation.Bundles bundles)) {
            return List.of();
        }
        return List.of(
                bundles.address(), Optional.ofNullable(bundles.tokenFile()), Optional.ofNullable(bundles.trust()));
    }

    private void compare(GatewayConfig next, List<String> changed, List<String> warnings) {
        for (RecordComponent component : GatewayConfig.class.getRecordComponents()) {
            String key = key(component.getName());
            boolean isLive = LIVE.contains(component.getName());
            if (isLive && !value(component, next).equals(value(component, current))) {
                changed.add(key);
            } else if (!isLive && !value(component, next).equals(value(component, started))) {
                warnings.add(key + ": changed in the file, takes effect after a restart");
            }
        }
    }

    private static Object value(RecordComponent component, GatewayConfig config) {
        try {
            Object value = component.getAccessor().invoke(config);
            return value == null ? "" : value;
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError("a public record cannot be read", impossible);
        }
    }

    /** {@code passSample} is {@code pass-sample} in the file. */
    private static String key(String component) {
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < component.length(); i++) {
            char c = component.charAt(i);
            key.append(Character.isUpperCase(c) ? "-" : "").append(c);
        }
        return key.toString().toLowerCase(Locale.ROOT);
    }

    private static Reloaded refused(List<String> problems) {
        LOG.atError().addKeyValue("problems", problems).log("configuration is not usable, the one before it stays");
        return Reloaded.refused(problems);
    }
}
