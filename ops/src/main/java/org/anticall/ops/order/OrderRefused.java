package org.anticall.ops.order;

import java.util.List;

/** A step that an order does not allow. */
public final class OrderRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String word;
    private final transient List<OrderProblem> problems;

    OrderRefused(String word, String sentence) {
        super(sentence, null, false, false);
        this.word = word;
        this.problems = List.of();
    }

    OrderRefused(List<OrderProblem> problems) {
        super(
                "The order is not complete: " + problems.get(0).field() + ", expected "
                        + problems.get(0).expected() + ".",
                null,
                false,
                false);
        this.word = "fields";
        this.problems = List.copyOf(problems);
    }

    /** Key of the sentence in the reader's language. */
    public String word() {
        return word;
    }

    /** What is wrong with its fields, empty if it is something else. */
    public List<OrderProblem> problems() {
        return problems;
    }
}
