package org.anticall.ops.simulate;

/** The demo cannot run. The message is one sentence for the person at the terminal: what is the matter and what to do. */
public final class DemoUnavailable extends Exception {

    private static final long serialVersionUID = 1L;

    DemoUnavailable(String sentence) {
        super(sentence);
    }

    DemoUnavailable(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
