package org.anticall.ops.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a revision remembers of its orders. */
class RevisionOrdersTest {

    @Test
    void neighboursAreWrittenOnce() {
        RevisionOrders.Builder builder = new RevisionOrders.Builder();
        for (int i = 1; i <= 99; i++) {
            builder.add(i, false);
        }
        builder.add(102, true);
        RevisionOrders orders = builder.build();

        assertEquals("~1*99 3s", orders.text());
        assertEquals(100, orders.size());
        assertEquals(List.of("O1", "O2"), orders.names(2));
        assertTrue(orders.contains("O99"));
        assertTrue(orders.contains("O102:shadow"));
        assertFalse(orders.contains("O102"));
        assertFalse(orders.contains("O100"));
    }

    @Test
    void aRevisionOfBeforeIsReadAsItWasWritten() {
        RevisionOrders before = RevisionOrders.of("O1 O3:shadow O10");

        assertEquals("O1 O3:shadow O10", before.text());
        assertEquals(List.of("O1", "O3:shadow", "O10"), before.names(9));
        assertEquals(List.of("O3:shadow"), before.without(RevisionOrders.of("~1 2 7 5")));
        assertEquals(List.of("O3", "O15"), RevisionOrders.of("~1 2 7 5").without(before));
        assertEquals(0, RevisionOrders.none().size());
        assertEquals(List.of("O1", "O3:shadow", "O10"), before.without(RevisionOrders.none()));
        assertEquals(List.of(), RevisionOrders.none().without(before));
    }

    @Test
    void aHundredThousandOrdersInNoOrderAtAllHaveRoomInTheirColumn() {
        Random random = new Random(1);
        RevisionOrders.Builder builder = new RevisionOrders.Builder();
        long number = 0;
        for (int i = 0; i < 100_000; i++) {
            number += 1 + random.nextInt(100);
            builder.add(number, random.nextBoolean());
        }
        RevisionOrders orders = RevisionOrders.of(builder.build().text());

        assertEquals(100_000, orders.size());
        assertTrue(orders.text().length() < 1_000_000, orders.text().length() + " characters");
    }
}
