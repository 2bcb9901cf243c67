package org.anticall.rules.record;

import java.util.Locale;

/** Constants as they are named in records: lower case with hyphens. */
final class Names {

    private Names() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static <E extends Enum<E>> E parse(Class<E> type, String field, String name) throws MalformedRecordException {
        for (E constant : type.getEnumConstants()) {
            if (of(constant).equals(name)) {
                return constant;
            }
        }
        throw new MalformedRecordException(
                "field '" + field + "' is '" + name + "', expected the name of a " + type.getSimpleName());
    }
}
