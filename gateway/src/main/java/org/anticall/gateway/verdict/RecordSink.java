package org.anticall.gateway.verdict;

/** Takes decision records for keeping. Called on event loops; never blocks. */
@FunctionalInterface
public interface RecordSink {

    /** Whether the record is kept, so that the death of the process does not lose it. */
    boolean append(byte[] record);
}
