package org.anticall.ops.sip;

/**
 * Where a diverted call came from, and where the call to its callee goes if it is passed on.
 *
 * @param host IP literal
 * @param port UDP port
 */
record GatewayAddress(String host, int port) {}
