package org.anticall.ops.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anticall.rules.Activation;
import org.anticall.rules.RuleBook;
import org.anticall.rules.RuleSource;
import org.anticall.rules.bundle.BundleLimits;
import org.anticall.rules.bundle.Opening;
import org.anticall.rules.model.KnownLists;
import org.anticall.rules.model.Reading;
import org.anticall.rules.model.RuleProblem;
import org.anticall.rules.model.RuleSet;
import org.anticall.rules.number.NumberingPlan;
import org.jspecify.annotations.Nullable;

/**
 * Rules on disk as commands take them: a rule file with its lists beside it, or a bundle. A bundle is opened without asking
 * who signed it; {@code rules verify} asks that.
 *
 * @param path the file
 * @param source its rules
 * @param home the country it says it is for; empty for a rule file that names none that is known
 * @param isSigned whether it is a bundle
 */
record RuleFile(Path path, RuleSource source, String home, boolean isSigned) {

    /** The country of a file that says none, which is a problem of its own. */
    static final String UNSAID = "KZ";

    private static final int MAGIC_BYTES = 8;
    private static final Pattern HOME = Pattern.compile("(?m)^home: *[\"']?([A-Z]{2})\\b");

    static RuleFile of(Path file) {
        RuleBooks.readable(file);
        try {
            if (!isBundle(file)) {
                RuleSource source = RuleSource.file(file);
                return new RuleFile(file, source, homeOf(source), false);
            }
            Opening opening = Opening.of(Files.readAllBytes(file), BundleLimits.DEFAULT);
            if (opening instanceof Opening.Opened opened) {
                return new RuleFile(
                        file,
                        RuleSource.contents(opened.contents()),
                        opened.contents().home(),
                        true);
            }
            throw CommandFailure.usage(file + ": this bundle is damaged: " + ((Opening.Unreadable) opening).message());
        } catch (IOException unreadable) {
            throw CommandFailure.usage(file + ": cannot be read: " + unreadable.getMessage());
        }
    }

    /**
     * What {@code activate} makes of it in a new book.
     *
     * @param wanted the country to read it for, null for its own
     */
    Activation lint(@Nullable String wanted) {
        return RuleBooks.empty(home(wanted)).activate(source);
    }

    /** What in it deserves a second look at {@code now}; what keeps it from going live, if something does. */
    List<RuleProblem> secondLook(@Nullable String wanted, Instant now) {
        return RuleBooks.empty(home(wanted)).lint(source, now);
    }

    /** A book in which it is active. */
    RuleBook book(@Nullable String wanted) {
        RuleBook book = RuleBooks.empty(home(wanted));
        if (book.activate(source) instanceof Activation.Rejected rejected) {
            throw CommandFailure.usage(RuleBooks.text(rejected.problems()));
        }
        return book;
    }

    /** What is written in it, whether it makes sense or not. */
    RuleSet ruleSet() {
        try {
            Reading reading = source.read(new KnownLists());
            if (reading instanceof Reading.Read read) {
                return read.ruleSet();
            }
            List<RuleProblem> problems = ((Reading.Unreadable) reading).problems();
            throw CommandFailure.usage(RuleBooks.text(problems));
        } catch (IOException unreadable) {
            throw CommandFailure.usage(path + ": cannot be read: " + unreadable.getMessage());
        }
    }

    /** The country to read it for: a bundle's own in any case. */
    String home(@Nullable String wanted) {
        if (wanted != null && !isSigned) {
            return wanted;
        }
        return home.isEmpty() ? UNSAID : home;
    }

    private static String homeOf(RuleSource source) {
        try {
            Matcher home = HOME.matcher(source.rules());
            return home.find() && NumberingPlan.KNOWN.contains(home.group(1)) ? home.group(1) : "";
        } catch (IOException unreadable) {
            return ""; // whoever reads the rules says why
        }
    }

    private static boolean isBundle(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return Opening.isBundle(in.readNBytes(MAGIC_BYTES));
        }
    }
}
