package org.anticall.ops.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anticall.ops.acceptance.KnownVulnerable.Library;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every module ships, by the list its build has made, against what people know of it. Nothing is asked over a network. */
class KnownVulnerabilitiesIT {

    private static final Path SOURCES = Path.of("").toAbsolutePath().getParent();

    private static final KnownVulnerable ONE = KnownVulnerable.parse(
            List.of("reviewed 2026-11-28", "org.example:parser  2.10.1  CVE-2020-1  nested input never ends"));

    @Test
    void nothingThatShipsIsKnownToBeVulnerable() throws IOException {
        KnownVulnerable known = KnownVulnerable.parse(Files.readAllLines(SOURCES.resolve(".ci/known-vulnerable")));
        List<Library> shipped = new ArrayList<>();
        for (String module : List.of("rules", "gateway", "ops")) {
            Path bom = SOURCES.resolve(module + "/target/bom.json");
            if (!Files.exists(bom)) {
                throw Needs.missing(bom + ", the list of what ships, which a build without -Dquick makes");
            }
            shipped.addAll(KnownVulnerable.libraries(bom));
        }

        assertTrue(shipped.stream().anyMatch(library -> library.name().equals("netty-handler")), shipped::toString);
        assertTrue(shipped.stream().anyMatch(library -> library.name().equals("jetty-server")), shipped::toString);
        assertEquals(List.of(), known.of(shipped), () -> "reviewed " + known.reviewed());
    }

    @ParameterizedTest
    @CsvSource({"2.10.0, 1", "2.10.1, 0", "2.10.2, 0", "2.9.9, 1", "2.10.1.Final, 0", "3, 0", "2.10, 1"})
    void whatIsBelowTheMendedVersionIsNamed(String version, int found) {
        assertEquals(
                found,
                ONE.of(List.of(new Library("org.example", "parser", version))).size());
    }

    @Test
    void theSentenceSaysWhichAndWhy() {
        assertEquals(
                List.of("org.example:parser 2.10.0: CVE-2020-1, nested input never ends; mended in 2.10.1"),
                ONE.of(List.of(
                        new Library("org.example", "parser", "2.10.0"),
                        new Library("org.example", "printer", "2.10.0"),
                        new Library("org.another", "parser", "2.10.0"))));
    }

    @Test
    void aGroupAndEveryVersionCanBeMeant() {
        KnownVulnerable all =
                KnownVulnerable.parse(List.of("reviewed 2026-11-28", "org.example:*  never  GHSA-1  given up"));

        assertEquals(
                1, all.of(List.of(new Library("org.example", "printer", "99"))).size());
    }

    @Test
    void aLineThatCannotBeReadIsNamed() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> KnownVulnerable.parse(List.of("reviewed 2026-11-28", "org.example parser 2.10.1")));

        assertEquals("cannot be read: org.example parser 2.10.1", refused.getMessage());
        assertThrows(IllegalArgumentException.class, () -> KnownVulnerable.parse(List.of("# nothing")));
    }
}
