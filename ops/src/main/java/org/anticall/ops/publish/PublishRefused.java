package org.anticall.ops.publish;

import java.util.List;

/** A revision that was not made; the one before stays in force. */
public final class PublishRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final String word;
    private final transient List<String> problems;

    PublishRefused(String word, String sentence, List<String> problems) {
        super(sentence, null, false, false);
        this.word = word;
        this.problems = List.copyOf(problems);
    }

    /** Key of the sentence in the reader's language. */
    public String word() {
        return word;
    }

    /** Each in one sentence, empty if the sentence says it all. */
    public List<String> problems() {
        return problems;
    }
}
