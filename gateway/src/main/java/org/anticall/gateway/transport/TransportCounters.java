package org.anticall.gateway.transport;

import java.util.concurrent.atomic.LongAdder;

/** What went through the sockets. Counted on the event loops, read by anyone. */
public final class TransportCounters {

    /** Messages received. */
    public final LongAdder received = new LongAdder();

    /** Messages sent. */
    public final LongAdder sent = new LongAdder();

    /** Datagrams dropped because they filled the whole read buffer. */
    public final LongAdder oversize = new LongAdder();

    /** Datagrams dropped, and streams closed, because nobody knows their sender. */
    public final LongAdder strangers = new LongAdder();

    /** Keep-alives: empty lines and the like, ignored (RFC 5626 §3.5.1). */
    public final LongAdder keepAlives = new LongAdder();

    /** Streams that peers made. */
    public final LongAdder connectionsAccepted = new LongAdder();

    /** Streams that were made to peers. */
    public final LongAdder connectionsMade = new LongAdder();

    /** Streams there are at the moment over TCP, those being made included. */
    public final LongAdder openTcp = new LongAdder();

    /** The same over TLS. */
    public final LongAdder openTls = new LongAdder();

    /** Streams that could not be made. */
    public final LongAdder connectFailures = new LongAdder();

    /** Streams above the limits: closed, or not made. */
    public final LongAdder connectionsRefused = new LongAdder();

    /** Streams closed because nothing came for too long. */
    public final LongAdder idleConnections = new LongAdder();

    /** Streams closed because a message, or the connection itself, took too long to come about. */
    public final LongAdder slowSenders = new LongAdder();

    /** Streams closed because their peer does not take what is sent. */
    public final LongAdder slowReaders = new LongAdder();

    /** Streams ended because nobody could say where a message ends. */
    public final LongAdder framingFaults = new LongAdder();

    /** TLS handshakes that failed, and hops that showed another's certificate. */
    public final LongAdder tlsFailures = new LongAdder();

    /** Messages lost because their stream was gone, full, or could not be made. */
    public final LongAdder unsent = new LongAdder();

    /** Errors the machine reported for a socket. */
    public final LongAdder socketErrors = new LongAdder();
}
