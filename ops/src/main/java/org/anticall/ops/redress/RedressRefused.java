package org.anticall.ops.redress;

/** A step that an allow entry or an appeal does not allow. */
public final class RedressRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String word;

    RedressRefused(String word, String sentence) {
        super(sentence, null, false, false);
        this.word = word;
    }

    /** Key of the sentence in the reader's language. */
    public String word() {
        return word;
    }
}
