package org.anticall.ops.http;

import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request that is not let through or not carried out, with the answer it gets. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String word;
    private final transient Map<String, Object> more;

    /**
     * @param word for the page, which has a sentence for it in the reader's language
     * @param sentence for people who use the interface without the page
     */
    Refused(int status, String word, String sentence) {
        this(status, word, sentence, Map.of());
    }

    /** @param more what else the answer holds */
    Refused(int status, String word, String sentence, Map<String, ?> more) {
        super(sentence, null, false, false);
        this.status = status;
        this.word = word;
        this.more = new LinkedHashMap<>(more);
    }

    void answer(Context context) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("error", word);
        view.put("message", String.valueOf(getMessage()));
        view.putAll(more);
        Answers.send(context, status, view);
    }
}
