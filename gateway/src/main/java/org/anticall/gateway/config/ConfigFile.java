package org.anticall.gateway.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A configuration file. Reading it finds every problem at once and throws nothing. Paths in it are relative to the
 * directory it lies in.
 */
public final class ConfigFile {

    private ConfigFile() {}

    /**
     * Reads and checks the file.
     *
     * @param environment variables that override keys, see {@code ANTICALL_<PATH>} in the module's README
     */
    public static ConfigOutcome read(Path file, Map<String, String> environment) {
        List<ConfigProblem> problems = new ArrayList<>();
        try (Reader text = Files.newBufferedReader(file)) {
            if (YamlTree.read(text, problems) instanceof ConfigNode.Mapping root) {
                Environment overrides = new Environment(environment);
                Path directory = directoryOf(file);
                return new GatewayReading(new Section("", root, overrides, problems), overrides, directory, problems)
                        .outcome();
            }
            problems.add(new ConfigProblem("", 1, "", "expected keys with values: node, home, listen, ..."));
        } catch (JsonProcessingException notYaml) {
            int line = notYaml.getLocation() == null ? 0 : notYaml.getLocation().getLineNr();
            problems.add(new ConfigProblem("", line, "", "not YAML: " + firstLine(notYaml.getOriginalMessage())));
        } catch (NoSuchFileException missing) {
            problems.add(new ConfigProblem("", 0, "", "no such file"));
        } catch (CharacterCodingException notText) {
            problems.add(new ConfigProblem("", 0, "", "expected text in UTF-8"));
        } catch (IOException unreadable) {
            problems.add(new ConfigProblem("", 0, "", "cannot be read: " + unreadable.getMessage()));
        }
        return new ConfigOutcome.Invalid(problems);
    }

    private static Path directoryOf(Path file) {
        Path parent = file.toAbsolutePath().normalize().getParent();
        return parent == null ? Path.of("/") : parent;
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
