package org.anticall.ops.publish;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.anticall.rules.RuleSource;
import org.anticall.rules.bundle.Manifest;

/**
 * The exact bytes of a rule set: the rule file and the lists it names.
 *
 * @param parts by name, {@value Manifest#RULES} among them; the arrays are not to be changed
 */
public record RuleParts(SortedMap<String, byte[]> parts) {

    public RuleParts {
        parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    }

    /** The same for the compiler. */
    public RuleSource source() {
        return new RuleSource() {
            @Override
            public String name() {
                return Manifest.RULES;
            }

            @Override
            public String rules() throws IOException {
                return list(Manifest.RULES);
            }

            @Override
            public String list(String file) throws IOException {
                byte[] part = parts.get(file);
                if (part == null) {
                    throw new IOException("the rule set has no part " + file);
                }
                return new String(part, StandardCharsets.UTF_8);
            }
        };
    }
}
