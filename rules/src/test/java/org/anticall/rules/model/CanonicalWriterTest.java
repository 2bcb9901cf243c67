package org.anticall.rules.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.anticall.rules.RuleSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalWriterTest {

    private static final String ONE =
            """
            home: KZ
            revision: 7
            lists:
              black: ["+4420*", "+447700900123;2026-12-31T00:00:00+05:00;note"]
              allow: [1414]
            rules:
              - id: A
                title: {en: One, ru: Один, kk: Бір}
                priority: 1
                when: {trunk: [national, international], caller: {list: black, class: foreign}}
                then: {label: "Check"}
              - {id: B, title: Two, stage: allow, priority: 1, when: {caller: {list: allow}}, then: pass}
            """;

    private static final String SAME_WRITTEN_OTHERWISE =
            """
            # The same rules, everything in another order.
            rules:
              - {then: pass, when: {caller: {list: allow}}, priority: 1, mode: live, stage: allow, title: Two, id: B}
              - priority: 1
                cases:
                  - reason: {en: One, ru: Один, kk: Бір}
                    then: {label: Check}
                    when: {}
                when:
                  caller: {class: [foreign], list: black}
                  trunk: [international, national]
                title: {kk: Бір, ru: Один, en: One}
                id: A
            lists:
              allow: [1414]
              black: ["+447700900123;2026-12-30T19:00:00Z;note", "+4420*"]
            home: KZ
            """;

    @Test
    void sameContentHasTheSameHashInWhateverOrderItIsWritten() {
        assertEquals(hash(ONE), hash(SAME_WRITTEN_OTHERWISE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4420*|4421*", "note|other", "Check|Look", "Один|Раз", "foreign}|home-fixed}", "1414|1415"})
    void otherContentHasAnotherHash(String change) {
        String[] parts = change.split("\\|", -1);

        assertNotEquals(hash(ONE), hash(ONE.replace(parts[0], parts[1])));
    }

    @ParameterizedTest
    @ValueSource(strings = {"KZ", "BY"})
    void theCanonicalFormOfTheReferencePolicyIsARuleFileOfTheSameContent(String home) throws IOException {
        RuleSource reference = RuleSource.reference(home);
        byte[] canonical = CanonicalWriter.bytes(read(reference.rules(), reference::list));

        byte[] again = CanonicalWriter.bytes(
                read(new String(canonical, StandardCharsets.UTF_8), file -> InputStream.nullInputStream()));

        assertArrayEquals(canonical, again);
    }

    private static String hash(String yaml) {
        return CanonicalWriter.sha256(read(yaml, file -> InputStream.nullInputStream()));
    }

    private static RuleSet read(String yaml, ListLoader lists) {
        Reading reading = RuleSetReader.read("rules.yaml", yaml, lists);
        return assertInstanceOf(Reading.Read.class, reading, reading::toString).ruleSet();
    }
}
