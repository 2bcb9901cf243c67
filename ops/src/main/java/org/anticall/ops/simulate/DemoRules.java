package org.anticall.ops.simulate;

import java.io.IOException;
import java.nio.file.Path;
import org.anticall.rules.Activation;
import org.anticall.rules.RuleBook;
import org.anticall.rules.RuleSource;
import org.jspecify.annotations.Nullable;

/**
 * The rule set of a demo, known to be sound.
 *
 * @param listed what its lists hold
 */
record DemoRules(ListedNumbers listed) {

    /**
     * Reads and checks the rules the plan names.
     *
     * @throws DemoUnavailable with place and matter of the first problem
     */
    static DemoRules of(DemoPlan plan) throws DemoUnavailable {
        Path file = plan.rules();
        try {
            RuleSource source = file == null ? RuleSource.reference(plan.home()) : RuleSource.file(file);
            Activation activation = RuleBook.forHome(plan.home()).activate(source);
            if (activation instanceof Activation.Rejected rejected) {
                throw new DemoUnavailable(sentence(rejected, file));
            }
            return new DemoRules(listed(source, file, plan.home()));
        } catch (IOException e) {
            throw new DemoUnavailable("the rules cannot be read: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new DemoUnavailable(String.valueOf(e.getMessage()), e);
        }
    }

    /** A rule file of one's own may list nothing; then calls are made from the reference policy's lists. */
    private static ListedNumbers listed(RuleSource source, @Nullable Path file, String home) throws IOException {
        long now = System.currentTimeMillis();
        try {
            return ListedNumbers.of(source, now);
        } catch (IllegalArgumentException e) {
            if (file == null) {
                throw e;
            }
            return ListedNumbers.of(RuleSource.reference(home), now);
        }
    }

    private static String sentence(Activation.Rejected rejected, @Nullable Path file) {
        int others = rejected.problems().size() - 1;
        String command = file == null ? "" : ": './anticall rules lint " + file + "' shows all";
        return "the rules are not sound, " + rejected.problems().get(0)
                + (others > 0 ? " (and " + others + " more" + command + ")" : "");
    }
}
