package org.anticall.rules.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;

class NumberNormalizerPropertyTest {

    private static final NumberNormalizer KZ = new NumberNormalizer(NumberingPlan.of("KZ"));
    private static final NumberNormalizer BY = new NumberNormalizer(NumberingPlan.of("BY"));

    @Property
    void anythingAtAllIsReadWithoutAnException(@ForAll String written) {
        for (NumberNormalizer numbers : new NumberNormalizer[] {KZ, BY}) {
            assertNotNull(PartyNumber.format(numbers.caller(written)));
            assertNotNull(PartyNumber.format(numbers.callee(written)));
        }
    }

    @Property
    void anyDigitsAreReadAsANumberThatIsOne(
            @ForAll @CharRange(from = '0', to = '9') @StringLength(max = 24) String digits, @ForAll boolean plus) {
        long read = KZ.caller(plus ? "+" + digits : digits);

        if (PartyNumber.kind(read) == PartyNumber.Kind.E164) {
            int count = E164.digits(PartyNumber.e164(read));
            assertTrue(count >= E164.MIN_DIGITS && count <= E164.MAX_DIGITS);
            assertEquals(count, PartyNumber.digits(read));
        }
    }

    @Property
    void aNumberWithPlusIsReadAsItself(@ForAll @LongRange(min = 10_000_000L, max = 999_999_999_999_999L) long number) {
        assertEquals(number, PartyNumber.e164(KZ.caller("+" + number)));
        assertEquals(number, PartyNumber.e164(BY.caller("+" + number)));
    }

    @Property
    void everyNationalFormMeansTheSameNumber(@ForAll("homeNumbers") long number) {
        String national = Long.toString(number).substring(1);

        for (String written :
                new String[] {national, "8" + national, "7" + national, "00" + number, "810" + number, "+" + number}) {
            assertEquals(number, PartyNumber.e164(KZ.caller(written)), written);
        }
    }

    @Provide
    Arbitrary<Long> homeNumbers() {
        return Arbitraries.of(7717L, 7727L, 7701L, 7747L, 7777L, 7700L, 7708L)
                .flatMap(prefix -> Arbitraries.longs().between(0, 9_999_999).map(rest -> prefix * 10_000_000L + rest));
    }
}
