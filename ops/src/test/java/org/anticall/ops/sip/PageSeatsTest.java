package org.anticall.ops.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pages that fall asleep, are closed or come back: no seat stays taken by nobody. */
class PageSeatsTest {

    private static final Duration MILLI = Duration.ofMillis(1);

    private final List<String> told = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-21T09:00:00Z");
    private final PageSeats pages = new PageSeats(SeatScreen.NONE, () -> now, new PageSeats.Events() {
        @Override
        public void away(String seat) {
            told.add("away " + seat);
        }

        @Override
        public boolean back(String seat) {
            told.add("back " + seat);
            return true;
        }

        @Override
        public void gone(String seat) {
            told.add("gone " + seat);
        }
    });

    @Test
    void aPageThatIsSilentForTwentySecondsIsGoneToTheMillisecond() {
        pages.arrived("one");

        pass(PageSeats.PATIENCE.minus(MILLI));
        assertTrue(pages.has("one"));
        pass(MILLI);

        assertFalse(pages.has("one"));
        assertEquals(List.of("gone one"), told);
        assertFalse(pages.here("one", false), "a page that wakes is told that it is no seat any more");
    }

    @Test
    void aPageThatSaysItIsThereStays() {
        pages.arrived("one");
        pages.arrived("two");
        for (int i = 0; i < 30; i++) {
            pass(Duration.ofSeconds(2));
            assertEquals(true, pages.here("one", false));
        }

        assertTrue(pages.has("one"));
        assertEquals(List.of("gone two"), told);
    }

    @Test
    void aPageWithoutACallIsNotPutOnHold() {
        pages.arrived("one");

        pass(PageSeats.SILENCE);
        pages.away("one");
        pages.here("one", true);

        assertEquals(List.of(), told);
    }

    @Test
    void nobodyIsAskedAboutASeatThatIsNoPage() {
        pages.away("nobody");

        assertFalse(pages.here("nobody", true));
        assertEquals(null, pages.leg("nobody", "x"));
        assertEquals(List.of(), told);
    }

    private void pass(Duration time) {
        now = now.plus(time);
        pages.watch();
    }
}
