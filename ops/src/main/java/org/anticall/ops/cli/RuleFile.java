package org.anticall.ops.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.anticall.rules.Activation;
import org.anticall.rules.RuleBook;
import org.anticall.rules.RuleSource;
import org.anticall.rules.bundle.BundleLimits;
import org.anticall.rules.bundle.Opening;
import org.anticall.rules.model.Reading;
import org.anticall.rules.model.RuleProblem;
import org.anticall.rules.model.RuleSet;
import org.anticall.rules.model.RuleSetReader;

/**
 * Rules on disk as commands take them: a rule file with its lists beside it, or a bundle. A bundle is opened without asking
 * who signed it; {@code rules verify} asks that.
 *
 * @param path the file
 * @param source its rules
 * @param home the country a bundle says it is for; empty for a rule file
 */
record RuleFile(Path path, RuleSource source, String home) {

    private static final int MAGIC_BYTES = 8;

    static RuleFile of(Path file) {
        RuleBooks.readable(file);
        try {
            if (!isBundle(file)) {
                return new RuleFile(file, RuleSource.file(file), "");
            }
            Opening opening = Opening.of(Files.readAllBytes(file), BundleLimits.DEFAULT);
            if (opening instanceof Opening.Opened opened) {
                return new RuleFile(
                        file,
                        RuleSource.contents(opened.contents()),
                        opened.contents().home());
            }
            throw CommandFailure.usage(file + ": this bundle is damaged: " + ((Opening.Unreadable) opening).message());
        } catch (IOException unreadable) {
            throw CommandFailure.usage(file + ": cannot be read: " + unreadable.getMessage());
        }
    }

    /** What {@code activate} makes of it in a new book. */
    Activation lint(String otherwiseHome) {
        return RuleBooks.empty(homeOr(otherwiseHome)).activate(source);
    }

    /** What in it deserves a second look at {@code now}; what keeps it from going live, if something does. */
    List<RuleProblem> secondLook(String otherwiseHome, Instant now) {
        return RuleBooks.empty(homeOr(otherwiseHome)).lint(source, now);
    }

    /** A book in which it is active. */
    RuleBook book(String otherwiseHome) {
        RuleBook book = RuleBooks.empty(homeOr(otherwiseHome));
        if (book.activate(source) instanceof Activation.Rejected rejected) {
            throw CommandFailure.usage(RuleBooks.text(rejected.problems()));
        }
        return book;
    }

    /** What is written in it, whether it makes sense or not. */
    RuleSet ruleSet() {
        try {
            Reading reading = RuleSetReader.read(source.name(), source.rules(), source::list);
            if (reading instanceof Reading.Read read) {
                return read.ruleSet();
            }
            List<RuleProblem> problems = ((Reading.Unreadable) reading).problems();
            throw CommandFailure.usage(RuleBooks.text(problems));
        } catch (IOException unreadable) {
            throw CommandFailure.usage(path + ": cannot be read: " + unreadable.getMessage());
        }
    }

    private String homeOr(String otherwise) {
        return home.isEmpty() ? otherwise : home;
    }

    private static boolean isBundle(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return Opening.isBundle(in.readNBytes(MAGIC_BYTES));
        }
    }
}
