package org.anticall.ops.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoStateTest {

    @TempDir
    private Path directory;

    @Test
    void aDirectoryOfItsOwnIsRemovedAtTheEnd() throws Exception {
        DemoState state = DemoState.open(null, false, 0);
        state.write("file", List.of("text"));

        state.close();

        assertFalse(Files.exists(state.directory()));
    }

    @Test
    void aChosenDirectoryIsMadeAndStays() throws Exception {
        Path chosen = directory.resolve("a/b");
        try (DemoState state = DemoState.open(chosen, false, 0)) {
            assertEquals(chosen, state.directory());
        }

        assertTrue(Files.isDirectory(chosen));
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsNamed() throws Exception {
        Path file = Files.createFile(directory.resolve("taken"));

        DemoUnavailable thrown = assertThrows(DemoUnavailable.class, () -> DemoState.open(file.resolve("x"), false, 0));

        assertTrue(thrown.getMessage().contains(file + "/x"), thrown.getMessage());
        assertTrue(thrown.getMessage().contains("--state"), thrown.getMessage());
    }

    @Test
    void aFullDiskIsNamedWithWhatIsNeeded() {
        DemoUnavailable thrown =
                assertThrows(DemoUnavailable.class, () -> DemoState.open(directory, false, Long.MAX_VALUE));

        assertTrue(thrown.getMessage().contains(directory.toString()), thrown.getMessage());
        assertTrue(thrown.getMessage().contains("MB free"), thrown.getMessage());
    }

    @Test
    void somebodyElsesFilesAreLeftAlone() throws Exception {
        Files.createFile(directory.resolve("thesis.txt"));

        DemoUnavailable thrown = assertThrows(DemoUnavailable.class, () -> DemoState.open(directory, false, 0));

        assertTrue(thrown.getMessage().contains("holds other files"), thrown.getMessage());
    }

    @Test
    void theStateOfAnEarlierDemoIsTakenUp() throws Exception {
        Files.createFile(directory.resolve(DemoFiles.GATEWAY));

        try (DemoState state = DemoState.open(directory, false, 0)) {
            assertEquals(directory, state.directory());
        }
    }
}
