package org.anticall.rules.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The JSON Schema of rule files, which editors check and complete with. */
public final class RuleSchema {

    private static final String RESOURCE = "/org/anticall/rules/rules.schema.json";

    private RuleSchema() {}

    /** The schema as it ships with this version. */
    public static String text() {
        try (InputStream in = Objects.requireNonNull(RuleSchema.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
