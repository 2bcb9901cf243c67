package org.anticall.ops.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.anticall.rules.Activation;
import org.anticall.rules.RuleBook;
import org.anticall.rules.RuleSource;
import org.anticall.rules.model.RuleProblem;
import org.jspecify.annotations.Nullable;

/** Opens rule books for commands. */
final class RuleBooks {

    private RuleBooks() {}

    /** An empty book for {@code home}. */
    static RuleBook empty(String home) {
        try {
            return RuleBook.forHome(home.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknownHome) {
            throw CommandFailure.usage(String.valueOf(unknownHome.getMessage()));
        }
    }

    /**
     * A book with the rules in {@code file}, or the reference policy of {@code home} if there is none.
     *
     * @param home null for the country the file names, or Kazakhstan
     */
    static RuleBook active(@Nullable String home, @Nullable Path file) {
        if (file != null) {
            return RuleFile.of(file).book(home);
        }
        String country = home == null ? RuleFile.UNSAID : home;
        RuleBook book = empty(country);
        if (book.activate(RuleSource.reference(country)) instanceof Activation.Rejected rejected) {
            throw CommandFailure.usage(text(rejected.problems()));
        }
        return book;
    }

    /** {@code file} if it can be read, else a failure that says so. */
    static Path readable(Path file) {
        if (!Files.isRegularFile(file)) {
            throw CommandFailure.usage(file + ": there is no such file");
        }
        if (!Files.isReadable(file)) {
            throw CommandFailure.usage(file + ": this file cannot be read");
        }
        return file;
    }

    /** The first problem, and how many more there are. */
    static String text(List<RuleProblem> problems) {
        String first = problems.get(0).toString();
        int more = problems.size() - 1;
        return more == 0 ? first : first + " (and " + more + " more, 'anticall rules lint' tells all)";
    }
}
