package org.anticall.ops.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.anticall.ops.sip.agent.Manner;
import org.anticall.rules.RuleSource;
import org.anticall.rules.call.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TrafficTest {

    private static final ListedNumbers LISTED =
            new ListedNumbers(List.of("+77272590777"), List.of("+442079460"), List.of("+442079460999"));

    @Test
    void theSameSeedGivesTheSameCalls() {
        assertEquals(calls(traffic("KZ", 7), 500), calls(traffic("KZ", 7), 500));
    }

    @Test
    void anotherSeedGivesOtherCalls() {
        assertNotEquals(calls(traffic("KZ", 7), 500), calls(traffic("KZ", 8), 500));
    }

    @Test
    void oneDeckHoldsEveryRecipeInItsShare() {
        Map<Recipe, Integer> seen = new EnumMap<>(Recipe.class);

        calls(traffic("KZ", 1), RecipeDeck.size()).forEach(call -> seen.merge(call.recipe(), 1, Integer::sum));

        for (Recipe recipe : Recipe.values()) {
            assertEquals(recipe.share(), seen.get(recipe), recipe.name());
        }
    }

    @Test
    void aFewPerCentAreSuspect() {
        long suspect = calls(traffic("KZ", 1), 2_000).stream()
                .filter(call -> call.recipe().expected() != Verdict.Kind.PASS)
                .count();

        assertTrue(suspect > 2_000 * 0.03 && suspect < 2_000 * 0.10, () -> suspect + " of 2000");
    }

    @Test
    void noTwoCallsShareCallIdOrSession() {
        List<PlannedCall> calls = calls(traffic("KZ", 1), 1_000);

        assertEquals(1_000, distinct(calls.stream().map(call -> call.offer().callId())));
        assertEquals(1_000, distinct(calls.stream().map(call -> call.offer().session())));
    }

    @ParameterizedTest
    @CsvSource({"KZ, \\+7(6|7)[0-9]{9}", "BY, \\+375[0-9]{9}"})
    void citizensHaveHomeNumbers(String home, String form) {
        for (PlannedCall call : calls(traffic(home, 3), 1_000)) {
            String callee = call.offer().callee();
            assertTrue(callee.equals("112") || callee.matches(form), callee);
        }
    }

    @ParameterizedTest
    @CsvSource({"KZ, \\+7(6|7).*", "BY, \\+375.*"})
    void foreignersHaveForeignNumbersThatNoListHolds(String home, String homeForm) {
        Traffic traffic = traffic(home, 3);
        for (int i = 0; i < 1_000; i++) {
            String caller = user(traffic.plan(Recipe.FOREIGN).offer().presented());
            assertFalse(caller.matches(homeForm), caller);
            assertTrue(caller.matches("\\+[1-9][0-9]{8,14}"), caller);
            assertFalse(LISTED.suspects(caller), caller);
        }
    }

    @ParameterizedTest
    @EnumSource(Recipe.class)
    void everyRecipeThatAHomeHasCanBePlanned(Recipe recipe) {
        for (String home : List.of("KZ", "BY")) {
            Traffic traffic = traffic(home, 5);
            if (traffic.canPlan(recipe)) {
                PlannedCall call = traffic.plan(recipe);
                assertEquals(recipe, call.recipe());
                assertFalse(call.offer().callee().isEmpty());
            }
        }
    }

    @Test
    void roamersAreInTheListAndSpoofedMobilesAreNot() {
        Traffic traffic = traffic("KZ", 3);
        for (int i = 0; i < 500; i++) {
            assertTrue(traffic.roamers()
                    .contains(user(traffic.plan(Recipe.ROAMER).offer().presented())));
            assertFalse(traffic.roamers()
                    .contains(user(traffic.plan(Recipe.SPOOFED_MOBILE).offer().presented())));
        }
    }

    @Test
    void forwardedCallsNameARoamerAsTheOneWhoForwards() {
        Traffic traffic = traffic("KZ", 3);
        String diversion = traffic.plan(Recipe.FORWARDED).offer().diversion();

        assertNotNull(diversion);
        assertTrue(traffic.roamers().contains(user(diversion.substring(1))), diversion);
    }

    @Test
    void onlyTheNetworkKnowsWhoWithholdsHisNumber() {
        PlannedCall call = traffic("KZ", 3).plan(Recipe.WITHHELD_BY_CALLER);

        assertTrue(call.offer().privacy());
        assertEquals("sip:anonymous@anonymous.invalid", call.offer().presented());
        assertNotNull(call.offer().asserted());
    }

    @Test
    void nobodyKnowsWhoIsAnonymous() {
        PlannedCall call = traffic("KZ", 3).plan(Recipe.ANONYMOUS);

        assertEquals("sip:anonymous@anonymous.invalid", call.offer().presented());
        assertNull(call.offer().asserted());
    }

    @Test
    void rotatingNumbersComeOutOfTheBlockAndSeldomTwice() {
        Traffic traffic = traffic("KZ", 3);
        Set<String> numbers = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            numbers.add(user(traffic.plan(Recipe.ROTATING).offer().presented()));
        }

        assertTrue(numbers.stream().allMatch(number -> number.startsWith("+442079460")), numbers::toString);
        assertFalse(numbers.contains("+442079460999"));
        assertTrue(numbers.size() > 80, () -> numbers.size() + " of 100");
    }

    @Test
    void onlyUnconfirmedRangesAreMissingInAHomeWithoutThem() {
        for (Recipe recipe : Recipe.values()) {
            assertTrue(traffic("KZ", 1).canPlan(recipe), recipe.name());
            assertEquals(recipe != Recipe.UNCONFIRMED, traffic("BY", 1).canPlan(recipe), recipe.name());
        }
    }

    @ParameterizedTest
    @CsvSource({"KZ", "BY"})
    void theReferencePolicyListsWhatTrafficNeeds(String home) throws Exception {
        ListedNumbers listed = ListedNumbers.of(RuleSource.reference(home), System.currentTimeMillis());

        assertFalse(listed.hotlines().isEmpty());
        assertFalse(listed.blocks().isEmpty());
        assertTrue(listed.blocks().stream().allMatch(block -> block.matches("\\+[0-9]+")), () -> listed.toString());
    }

    @Test
    void whoeverGetsASuspectCallInTheEndAnswersIt() {
        Traffic traffic = traffic("KZ", 3);
        for (int i = 0; i < 200; i++) {
            assertTrue(traffic.plan(Recipe.ROTATING).callee() instanceof Manner.Answers);
        }
    }

    private static Traffic traffic(String home, long seed) {
        return new Traffic(home, LISTED, Pace.BRISK, seed, "run");
    }

    private static List<PlannedCall> calls(Traffic traffic, int count) {
        return IntStream.range(0, count).mapToObj(i -> traffic.next()).toList();
    }

    private static long distinct(Stream<String> values) {
        return values.distinct().count();
    }

    private static String user(String uri) {
        return uri.substring("sip:".length(), uri.indexOf('@'));
    }
}
