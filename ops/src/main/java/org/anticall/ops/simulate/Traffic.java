package org.anticall.ops.simulate;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.anticall.ops.simulate.WorldNumbers.Role;
import org.anticall.ops.sip.agent.CallOffer;
import org.anticall.ops.sip.agent.Manner;
import org.anticall.rules.call.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * An endless stream of calls as an international trunk brings them: mostly foreigners, roamers and forwarded calls, a few
 * per cent of them suspect. The same seed gives the same calls. Owned by one thread.
 */
final class Traffic {

    private static final int ROAMER_COUNT = 300;
    private static final int ROTATING_DIGITS = 12;
    private static final int BUSY_PER_CENT = 4;
    private static final int UNANSWERED_PER_CENT = 6;
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final List<String> CARRIERS =
            List.of("transit-a.example", "carrier-msk.example", "wholesale.example", "ic.example");

    private final RandomGenerator random;
    private final WorldNumbers world;
    private final ListedNumbers listed;
    private final Pace pace;
    private final Roamers roamers;
    private final RecipeDeck deck;
    private final String run;
    private int index;

    /**
     * @param home home country, KZ or BY
     * @param listed numbers on the lists of the rule set in force
     * @param pace how fast callers and callees are
     * @param run goes into every Call-ID, so that two runs with the same seed differ there
     */
    Traffic(String home, ListedNumbers listed, Pace pace, long seed, String run) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.world = WorldNumbers.around(home);
        this.listed = listed;
        this.pace = pace;
        this.roamers = Roamers.draw(ROAMER_COUNT, world, random);
        this.deck = new RecipeDeck(this::canPlan, random);
        this.run = run;
    }

    /** The home mobiles abroad in this traffic. */
    Roamers roamers() {
        return roamers;
    }

    /** Whether there are such calls in this world. */
    boolean canPlan(Recipe recipe) {
        return recipe != Recipe.UNCONFIRMED || world.knows(Role.UNCONFIRMED);
    }

    PlannedCall next() {
        return plan(deck.next());
    }

    PlannedCall plan(Recipe recipe) {
        Identity identity = identity(recipe);
        String callee = recipe == Recipe.EMERGENCY ? "112" : world.draw(Role.CALLEE, random);
        int number = index++;
        CallOffer offer = new CallOffer(
                run + "-" + number,
                callee,
                identity.displayName,
                identity.presented,
                identity.asserted,
                identity.diversion,
                identity.privacy,
                "call-" + number);
        return recipe.expected() != Verdict.Kind.PASS ? suspect(number, recipe, offer) : good(number, recipe, offer);
    }

    /** What the caller's fields say; URIs, null for a header that is not there. */
    private record Identity(
            String displayName,
            String presented,
            @Nullable String asserted,
            @Nullable String diversion,
            boolean privacy) {}

    private Identity identity(Recipe recipe) {
        return switch (recipe) {
            case FOREIGN -> known(foreigner());
            case ROAMER -> known(roamers.any(random));
            case FORWARDED -> forwarded();
            case WITHHELD_BY_CALLER -> new Identity("Anonymous", ANONYMOUS_URI, uri(foreigner()), null, true);
            case EMERGENCY -> known(random.nextBoolean() ? foreigner() : rotating());
            case SPOOFED_LANDLINE ->
                known(world.draw(random.nextInt(4) == 0 ? Role.FIXED_NATIONAL : Role.FIXED, random));
            case SPOOFED_MOBILE -> known(mobileAtHome());
            case SPOOFED_HOTLINE -> hotline();
            case ROTATING -> known(rotating());
            case ANONYMOUS -> new Identity("Anonymous", ANONYMOUS_URI, null, null, false);
            case MALFORMED -> known(malformed());
            case SHORT_CODE -> known(world.draw(Role.SHORT, random));
            case UNCONFIRMED -> known(world.draw(Role.UNCONFIRMED, random));
        };
    }

    private static final String ANONYMOUS_URI = "sip:anonymous@anonymous.invalid";

    private Identity known(String number) {
        String carrier = carrier();
        return new Identity("", uri(number, carrier), uri(number, carrier), null, false);
    }

    private Identity forwarded() {
        String caller = uri(world.draw(Role.FIXED, random));
        String diversion = "<sip:" + roamers.any(random) + "@" + carrier() + ";user=phone>;reason=no-answer;counter=1";
        return new Identity("", caller, caller, diversion, false);
    }

    /** The hotline as the number that is shown; half of the time the network number tells another story. */
    private Identity hotline() {
        String hotline = listed.hotlines().get(random.nextInt(listed.hotlines().size()));
        return new Identity("Bank", uri(hotline), uri(random.nextBoolean() ? hotline : foreigner()), null, false);
    }

    private String foreigner() {
        return draw(Role.FOREIGN, number -> !listed.suspects(number));
    }

    private String mobileAtHome() {
        return draw(Role.MOBILE, number -> !roamers.contains(number) && !listed.suspects(number));
    }

    private String draw(Role role, Predicate<String> suits) {
        String number = world.draw(role, random);
        while (!suits.test(number)) {
            number = world.draw(role, random);
        }
        return number;
    }

    /** A number of twelve digits out of a black-listed block that is not let through again. */
    private String rotating() {
        while (true) {
            String block = listed.blocks().get(random.nextInt(listed.blocks().size()));
            StringBuilder number = new StringBuilder(block);
            while (number.length() <= ROTATING_DIGITS) {
                number.append((char) ('0' + random.nextInt(10)));
            }
            if (!listed.allowed().contains(number.toString())) {
                return number.toString();
            }
        }
    }

    private String malformed() {
        return switch (random.nextInt(3)) {
            case 0 -> "+7495" + random.nextInt(10);
            case 1 -> "+44207" + random.nextLong(10_000_000_000L, 100_000_000_000L);
            default -> List.of("Bank", "MICROSOFT", "KaspiBank", "police").get(random.nextInt(4));
        };
    }

    private String carrier() {
        return CARRIERS.get(random.nextInt(CARRIERS.size()));
    }

    private String uri(String number) {
        return uri(number, carrier());
    }

    private static String uri(String number, String carrier) {
        return "sip:" + number + "@" + carrier + ";user=phone";
    }

    /** Callers of suspect calls are patient, and whoever gets such a call in the end answers it. */
    private PlannedCall suspect(int number, Recipe recipe, CallOffer offer) {
        return new PlannedCall(number, recipe, offer, answers(pace.talk().draw(random)), LONG, LONG);
    }

    private PlannedCall good(int number, Recipe recipe, CallOffer offer) {
        int fate = random.nextInt(100);
        if (fate < BUSY_PER_CENT) {
            Manner busy = new Manner.Refuses(Duration.ZERO, 486);
            return new PlannedCall(number, recipe, offer, busy, LONG, LONG);
        }
        if (fate < BUSY_PER_CENT + UNANSWERED_PER_CENT) {
            return new PlannedCall(
                    number, recipe, offer, new Manner.Ignores(), pace.patience().draw(random), LONG);
        }
        Duration talk = pace.talk().draw(random);
        return random.nextBoolean()
                ? new PlannedCall(number, recipe, offer, answers(talk), LONG, LONG)
                : new PlannedCall(number, recipe, offer, answers(LONG), LONG, talk);
    }

    private Manner answers(Duration talk) {
        return new Manner.Answers(pace.answer().draw(random), talk, "citizen");
    }
}
