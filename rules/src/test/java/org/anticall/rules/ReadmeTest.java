package org.anticall.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {

    @Test
    void theExampleOfTheReadmeGoesLive(@TempDir Path directory) throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        int start = readme.indexOf("```yaml\n") + "```yaml\n".length();
        Path rules = directory.resolve("rules.yaml");
        Files.writeString(rules, readme.substring(start, readme.indexOf("```", start)));
        Files.writeString(directory.resolve("fraud.csv"), "+447700900123;2026-12-01T00:00:00+05:00;case 17\n");

        Activation activation = RuleBook.forHome("KZ").activate(RuleSource.file(rules));

        Activation.Activated activated = assertInstanceOf(Activation.Activated.class, activation, activation::toString);
        assertEquals(12, activated.revision());
        assertEquals(4, activated.rules());
    }
}
