package org.anticall.gateway.transport;

import java.util.concurrent.atomic.LongAdder;

/** What went through the sockets. Counted on the event loops, read by anyone. */
public final class TransportCounters {

    /** Datagrams received. */
    public final LongAdder received = new LongAdder();

    /** Datagrams sent. */
    public final LongAdder sent = new LongAdder();

    /** Datagrams dropped because they filled the whole read buffer. */
    public final LongAdder oversize = new LongAdder();

    /** Datagrams dropped because nobody knows their sender. */
    public final LongAdder strangers = new LongAdder();

    /** Keep-alives: empty lines and the like, ignored (RFC 5626 §3.5.1). */
    public final LongAdder keepAlives = new LongAdder();

    /** Errors the machine reported for a socket. */
    public final LongAdder socketErrors = new LongAdder();
}
