package org.anticall.rules.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A call with the verdict it must get, written into the rule file under {@code tests}. A rule set of which one fails does not
 * go live.
 *
 * @param name what is shown, in words
 * @param given the call's facts as people write them, by name
 * @param expected what must come out, by name; {@code verdict} among them
 * @param place where it is written
 */
public record TestCase(String name, Map<String, String> given, Map<String, String> expected, Place place) {

    public TestCase {
        given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
        expected = Collections.unmodifiableMap(new LinkedHashMap<>(expected));
    }
}
