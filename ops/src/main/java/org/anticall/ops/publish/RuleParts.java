package org.anticall.ops.publish;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
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
                return new String(part(Manifest.RULES), StandardCharsets.UTF_8);
            }

            @Override
            public InputStream list(String file) throws IOException {
                return new ByteArrayInputStream(part(file));
            }

            private byte[] part(String name) throws IOException {
                byte[] part = parts.get(name);
                if (part == null) {
                    throw new IOException("the rule set has no part " + name);
                }
                return part;
            }
        };
    }
}
