package org.anticall.gateway.journal;

import java.io.IOException;

/** The journal cannot be opened. The message is one sentence for the operator: place, what is the matter, what to do. */
public final class JournalUnavailable extends IOException {

    private static final long serialVersionUID = 1L;

    JournalUnavailable(String sentence) {
        super(sentence);
    }
}
