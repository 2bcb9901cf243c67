package org.anticall.rules.call;

/**
 * One sentence in the languages of the console.
 *
 * @param en English, never empty
 * @param ru Russian, the English text where nobody wrote one
 * @param kk Kazakh, the English text where nobody wrote one
 */
public record LocalizedText(String en, String ru, String kk) {

    /** The same text for every reader. */
    public static LocalizedText of(String en) {
        return new LocalizedText(en, en, en);
    }

    /** The text for {@code language} (BCP 47 primary subtag), English for languages there is none for. */
    public String in(String language) {
        return switch (language) {
            case "ru" -> ru;
            case "kk" -> kk;
            default -> en;
        };
    }
}
