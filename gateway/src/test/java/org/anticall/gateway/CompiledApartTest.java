package org.anticall.gateway;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The list of methods that are compiled by themselves: the virtual machine says nothing of a name that is wrong. */
class CompiledApartTest {

    private static final String COMMAND = "dontinline ";

    @Test
    void everyMethodOfTheListIsThere() throws Exception {
        List<String> commands = Files.readAllLines(Path.of("src/main/config/compiled-apart")).stream()
                .filter(line -> line.startsWith(COMMAND))
                .toList();
        assertTrue(commands.size() > 10, "a list");
        for (String command : commands) {
            String[] names = command.substring(COMMAND.length()).split("::", 2);
            Method[] methods =
                    Class.forName(names[0], false, getClass().getClassLoader()).getDeclaredMethods();
            assertTrue(
                    Arrays.stream(methods).anyMatch(method -> method.getName().equals(names[1])), command);
        }
    }
}
