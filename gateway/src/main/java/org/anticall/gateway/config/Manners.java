package org.anticall.gateway.config;

import org.jspecify.annotations.Nullable;

/**
 * How a trunk's verdicts look on the wire.
 *
 * @param answers how a rejection is told
 * @param labels how a mark looks
 * @param redirect how calls are answered if the gateway only redirects, null where it carries them
 */
public record Manners(Answers answers, Labels labels, @Nullable Redirect redirect) {

    /** The gateway carries calls, marks them by name and status, and rejects as rules say. */
    public static final Manners DEFAULT = new Manners(Answers.DEFAULT, Labels.DEFAULT, null);
}
