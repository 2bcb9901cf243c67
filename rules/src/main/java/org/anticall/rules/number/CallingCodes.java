package org.anticall.rules.number;

import com.google.i18n.phonenumbers.PhoneNumberUtil;

/** Which country code callers of a country have. Slow to load: not for the path of a call. */
public final class CallingCodes {

    private CallingCodes() {}

    /** The country code of {@code country} (ISO 3166-1 alpha-2), 0 if there is no such country. */
    public static int of(String country) {
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        return numbers.getSupportedRegions().contains(country) ? numbers.getCountryCodeForRegion(country) : 0;
    }
}
