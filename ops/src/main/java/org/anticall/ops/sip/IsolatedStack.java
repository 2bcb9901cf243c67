package org.anticall.ops.sip;

import gov.nist.javax.sip.EventScanner;
import gov.nist.javax.sip.EventWrapper;
import gov.nist.javax.sip.SipStackImpl;
import java.util.EventObject;
import java.util.Properties;
import java.util.concurrent.atomic.LongAdder;
import javax.sip.IOExceptionEvent;
import javax.sip.PeerUnavailableException;

/**
 * Workaround: a JAIN-SIP 1.3.0-91 stack that shares nothing it need not share and that stops.
 *
 * <ul>
 *   <li>{@code SipFactory} keeps stacks in a table and hands the same one out again: this one is made directly.
 *   <li>Socket, parser and next-hop rule are set as objects instead of class names.
 *   <li>{@code stop()} leaves its event thread waiting for ever: {@code EventScanner.forceStop} sets a flag that is only
 *       looked at after an event. So one last event is queued.
 *   <li>{@code stop()} sleeps for a second. It wakes at once on a thread that is interrupted, and nothing else in it
 *       waits.
 * </ul>
 */
final class IsolatedStack extends SipStackImpl {

    IsolatedStack(Properties properties, OwnSocket socket, LongAdder survivedParserErrors)
            throws PeerUnavailableException {
        super(properties);
        networkLayer = socket;
        setRouter(new LiteralRouter(this));
        messageParserFactory = new GuardedParsers(survivedParserErrors);
    }

    @Override
    public void stop() {
        EventScanner events = getEventScanner();
        boolean wasInterrupted = Thread.interrupted();
        Thread.currentThread().interrupt();
        try {
            super.stop();
        } finally {
            Thread.interrupted();
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (events != null) {
            EventObject last = new IOExceptionEvent(this, "", 0, "udp");
            events.addEvent(new EventWrapper(last, null));
        }
    }
}
