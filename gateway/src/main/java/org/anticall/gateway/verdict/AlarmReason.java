package org.anticall.gateway.verdict;

/** Something people are told of when it happens to calls: constants of an enum. */
public interface AlarmReason {

    /** For records, logs and the status page, English. */
    String text();
}
