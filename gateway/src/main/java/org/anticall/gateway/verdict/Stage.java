package org.anticall.gateway.verdict;

/** What the time between an INVITE and its disposition is spent on. */
public enum Stage {
    /** Finding and checking the headers. */
    INDEX,
    /** Reading the facts. */
    FACTS,
    /** Counting the call and reading the counters. */
    COUNT,
    /** Waiting for the roaming oracle; only calls that had to. */
    ORACLE,
    /** Deciding, every look at the rules added up. */
    VERDICT,
    /** Writing the decision record; only calls that have one. */
    RECORD
}
