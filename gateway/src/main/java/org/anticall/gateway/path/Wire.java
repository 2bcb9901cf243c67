package org.anticall.gateway.path;

import org.anticall.gateway.sip.SipText;

/** Text the gateway writes into messages. */
final class Wire {

    static final byte[] CRLF = SipText.bytes("\r\n");
    static final byte[] BRANCH = SipText.bytes(";branch=");
    static final byte[] RECEIVED = SipText.bytes(";received=");
    static final byte[] RPORT = SipText.bytes(";rport=");
    static final byte[] RECORD_ROUTE = SipText.bytes("Record-Route: <sip:");
    static final byte[] SECURE_RECORD_ROUTE = SipText.bytes("Record-Route: <sips:");
    static final byte[] LOOSE = SipText.bytes(";lr;at=");
    static final byte[] END_OF_URI_LINE = SipText.bytes(">\r\n");
    static final byte[] MAX_FORWARDS_70 = SipText.bytes("Max-Forwards: 70\r\n");
    static final byte[] NO_CONTENT = SipText.bytes("Content-Length: 0\r\n");
    static final byte[] TAG = SipText.bytes(";tag=");
    static final byte[] VERSION = SipText.bytes("SIP/2.0 ");

    private Wire() {}
}
