package org.anticall.ops.simulate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Deals recipes in their shares: every deck holds each recipe exactly as often as its share says, spread evenly with a
 * random offset, so that also a short run sees the rare ones. Owned by one thread.
 */
final class RecipeDeck {

    private record Card(Recipe recipe, double place) {}

    private final Predicate<Recipe> available;
    private final RandomGenerator random;
    private List<Recipe> deck = List.of();
    private int dealt;

    RecipeDeck(Predicate<Recipe> available, RandomGenerator random) {
        this.available = available;
        this.random = random;
    }

    /** How many recipes one deck holds where all are available. */
    static int size() {
        int size = 0;
        for (Recipe recipe : Recipe.values()) {
            size += recipe.share();
        }
        return size;
    }

    Recipe next() {
        if (dealt == deck.size()) {
            deck = shuffled();
            dealt = 0;
        }
        return deck.get(dealt++);
    }

    private List<Recipe> shuffled() {
        List<Card> cards = new ArrayList<>(size());
        for (Recipe recipe : Recipe.values()) {
            for (int i = 0; i < recipe.share() && available.test(recipe); i++) {
                cards.add(new Card(recipe, (i + random.nextDouble()) / recipe.share()));
            }
        }
        cards.sort(Comparator.comparingDouble(Card::place));
        return cards.stream().map(Card::recipe).toList();
    }
}
