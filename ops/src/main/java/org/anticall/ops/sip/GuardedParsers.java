package org.anticall.ops.sip;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.parser.MessageParser;
import gov.nist.javax.sip.parser.MessageParserFactory;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import gov.nist.javax.sip.parser.StringMsgParser;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.text.ParseException;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Workaround: parsers that never throw an Error or a RuntimeException.
 *
 * <p>Symptom: after a hostile datagram one of the stack's UDP threads is gone, after as many as there are threads the
 * endpoint is deaf. Cause: JAIN-SIP 1.3.0-91, {@code UDPMessageChannel.run} catches {@code Exception} only, and its parser
 * recurses with the input. Here such a datagram becomes a {@link ParseException}, which the stack answers with 400 and
 * forgets.
 */
final class GuardedParsers implements MessageParserFactory {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedParsers.class);

    private final LongAdder survived;

    /** Counts each datagram that would have ended a thread in {@code survived}. */
    GuardedParsers(LongAdder survived) {
        this.survived = survived;
    }

    @Override
    public MessageParser createMessageParser(SIPTransactionStack stack) {
        return new Guarded(new StringMsgParser(), survived);
    }

    private record Guarded(MessageParser parser, LongAdder survived) implements MessageParser {

        @Override
        public SIPMessage parseSIPMessage(
                byte[] bytes, boolean readBody, boolean strict, ParseExceptionListener problems) throws ParseException {
            try {
                return parser.parseSIPMessage(bytes, readBody, strict, problems);
            } catch (RuntimeException | StackOverflowError | AssertionError e) {
                survived.increment();
                LOG.atWarn()
                        .addKeyValue("bytes", bytes.length)
                        .addKeyValue("error", e.getClass().getName())
                        .log("the parser failed on a message");
                ParseException refused = new ParseException("unparsable message", 0);
                refused.initCause(e);
                throw refused;
            }
        }
    }
}
