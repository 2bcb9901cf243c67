package org.anticall.gateway;

/** The gateway cannot start. The message is for the operator: what is the matter, where, and what to do. */
final class StartProblem extends Exception {

    private static final long serialVersionUID = 1L;

    StartProblem(String sentence) {
        super(sentence);
    }
}
