package org.anticall.ops.publish;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.anticall.rules.RuleSource;
import org.anticall.rules.bundle.Manifest;
import org.anticall.rules.bundle.PartContent;

/**
 * The exact bytes of a rule set: the rule file and the lists it names.
 *
 * @param parts by name, {@value Manifest#RULES} among them
 */
public record RuleParts(SortedMap<String, PartContent> parts) {

    public RuleParts {
        parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    }

    /** The same for the compiler. */
    public RuleSource source() {
        return RuleSource.parts(Manifest.RULES, 0, name -> parts.get(name));
    }
}
