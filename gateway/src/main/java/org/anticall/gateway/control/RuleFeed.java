package org.anticall.gateway.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.anticall.gateway.config.RulesLocation;
import org.anticall.rules.Activation;
import org.anticall.rules.Activation.Activated;
import org.anticall.rules.RuleBook;
import org.anticall.rules.RuleSource;
import org.anticall.rules.bundle.PinnedKeys;
import org.anticall.rules.bundle.VerifiedBundle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the rule set comes from and what became of it: takes it live at the start and whenever it changes. What cannot go
 * live changes nothing, and why is kept. Thread-safe.
 */
public final class RuleFeed {

    private static final Logger LOG = LoggerFactory.getLogger(RuleFeed.class);

    private final RuleBook book;
    private final String home;
    private RuleSource source;
    private volatile @Nullable Path file;
    private volatile PinnedKeys pinned;
    private volatile Latest latest = new Latest(null, null, null, List.of());

    /**
     * What is live and what the last attempt said.
     *
     * @param live the set that is live, null before the first
     * @param since when it went live
     * @param written when its file was last changed, null where it comes from no file
     * @param problems why the last attempt changed nothing, empty if it did
     */
    public record Latest(
            @Nullable Activated live, @Nullable Instant since, @Nullable Instant written, List<String> problems) {
        public Latest {
            problems = List.copyOf(problems);
        }
    }

    /**
     * @param home country whose reference policy is meant where the location says reference
     */
    public RuleFeed(RuleBook book, RulesLocation location, String home) {
        this.book = book;
        this.home = home;
        this.file = file(location);
        this.source = source(location, home);
        this.pinned = pinned(location);
    }

    /** Whose bundles are taken: nobody's where the rules come from a file. A new object whenever they change. */
    PinnedKeys pinned() {
        return pinned;
    }

    /** The file that is watched, null for the reference policy. */
    public @Nullable Path file() {
        return file;
    }

    public Latest latest() {
        return latest;
    }

    public RuleBook book() {
        return book;
    }

    /** Reads the rules anew and takes them live if nothing is wrong with them. */
    public synchronized Activation load() {
        Instant written = written(file);
        return noted(book.activate(source), written);
    }

    /** Takes the rules of a bundle live if nothing is wrong with them. */
    synchronized Activation take(VerifiedBundle bundle) {
        return noted(book.activate(bundle), null);
    }

    private Activation noted(Activation outcome, @Nullable Instant written) {
        if (outcome instanceof Activated now) {
            latest = new Latest(now, Instant.now(), written, List.of());
        } else if (outcome instanceof Activation.Rejected rejected) {
            List<String> problems =
                    rejected.problems().stream().map(Object::toString).toList();
            latest = new Latest(latest.live(), latest.since(), latest.written(), problems);
        }
        return outcome;
    }

    /**
     * The same from {@code location} while calls are judged: says in the log what became of it. A location whose rules
     * cannot be used is not taken over. Bundles come by themselves: of them only the keys are taken over.
     *
     * @return why nothing has changed, empty if the rules are live
     */
    public synchronized List<String> reload(RulesLocation location) {
        if (location instanceof RulesLocation.Bundles) {
            PinnedKeys next = pinned(location);
            if (!next.ids().equals(pinned.ids())) {
                pinned = next;
                LOG.atInfo().addKeyValue("keys", next).log("bundles of these keys are taken from now on");
            }
            return List.of();
        }
        RuleSource from = source(location, home);
        Instant written = written(file(location));
        if (noted(book.activate(from), written) instanceof Activated now) {
            source = from;
            file = file(location);
            LOG.atInfo()
                    .addKeyValue("revision", now.revision())
                    .addKeyValue("hash", now.hash())
                    .addKeyValue("rules", now.rules())
                    .log("rule set is live");
        } else {
            LOG.atError()
                    .addKeyValue("source", from.name())
                    .addKeyValue("problems", latest.problems())
                    .log("rule set is not usable, the one before it stays");
        }
        return latest.problems();
    }

    private static @Nullable Path file(RulesLocation location) {
        return location instanceof RulesLocation.File named ? named.path() : null;
    }

    /** When it was last changed; where that cannot be told, reading it says why. */
    private static @Nullable Instant written(@Nullable Path named) {
        try {
            return named == null ? null : Files.getLastModifiedTime(named).toInstant();
        } catch (IOException unreadable) {
            return null;
        }
    }

    private static RuleSource source(RulesLocation location, String home) {
        Path named = file(location);
        return named == null ? RuleSource.reference(home) : RuleSource.file(named);
    }

    private static PinnedKeys pinned(RulesLocation location) {
        return PinnedKeys.of(location instanceof RulesLocation.Bundles bundles ? bundles.keys() : List.of());
    }
}
