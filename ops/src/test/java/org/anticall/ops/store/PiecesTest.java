package org.anticall.ops.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class PiecesTest {

    @Test
    void everythingIsInOnePieceAndInItsOrder() {
        assertEquals(List.of(), Pieces.of(List.of(), 2));
        assertEquals(List.of(List.of(1)), Pieces.of(List.of(1), 2));
        assertEquals(List.of(List.of(1, 2)), Pieces.of(List.of(1, 2), 2));
        assertEquals(List.of(List.of(1, 2), List.of(3)), Pieces.of(List.of(1, 2, 3), 2));
    }
}
