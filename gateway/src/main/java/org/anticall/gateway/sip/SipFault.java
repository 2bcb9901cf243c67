package org.anticall.gateway.sip;

/**
 * What is wrong with a message. Faults without a status cannot be framed: the datagram is dropped and counted. The others
 * are answered with their status if they are in a request that still says whom to answer.
 */
public enum SipFault {
    NONE(0, ""),
    NO_START_LINE(0, "no start line"),
    NO_BLANK_LINE(0, "headers do not end"),
    TOO_LONG(0, "longer than the limit"),
    NO_VIA(0, "no Via"),
    VERSION(505, "Version Not Supported"),
    REQUEST_LINE(400, "Malformed Request-Line"),
    URI_SCHEME(416, "Unsupported URI Scheme"),
    CONTROL_CHARACTER(400, "Control Character In Header"),
    HEADER_LINE(400, "Malformed Header Line"),
    REQUEST_URI(400, "Malformed Request-URI"),
    VIA(400, "Malformed Via"),
    FROM(400, "Malformed Or Missing From"),
    TO(400, "Malformed Or Missing To"),
    CALL_ID(400, "Malformed Or Missing Call-ID"),
    CSEQ(400, "Malformed Or Missing CSeq"),
    CSEQ_METHOD(400, "CSeq Names Another Method"),
    CONTENT_LENGTH(400, "Malformed Content-Length"),
    NO_CONTENT_LENGTH(400, "Missing Content-Length"),
    BODY_TOO_LONG(413, "Request Entity Too Large"),
    URI_TOO_LONG(414, "Request-URI Too Long"),
    HEADERS_TOO_LONG(513, "Message Too Large"),
    DATAGRAM_TOO_LONG(513, "Message Too Large"),
    TOO_MANY_HEADERS(513, "Too Many Headers"),
    MAX_FORWARDS(400, "Malformed Max-Forwards"),
    UNBRACKETED(400, "URI Without Angle Brackets"),
    TWICE(400, "Header Given Twice"),
    TOO_MANY_HOPS(400, "Too Many Via Or Route Values");

    private final int status;
    private final String reason;

    SipFault(int status, String reason) {
        this.status = status;
        this.reason = reason;
    }

    /** The final status to answer with, 0 if the message is dropped. */
    public int status() {
        return status;
    }

    /** The reason phrase to answer with, or why it is dropped. */
    public String reason() {
        return reason;
    }
}
