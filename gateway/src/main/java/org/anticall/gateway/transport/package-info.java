/**
 * Sockets and event loops: datagrams in and out in batches, who may speak to the gateway and as what, the bound on what is
 * in flight. Knows no SIP beyond the size of a datagram, no transactions, no rules.
 */
@NullMarked
package org.anticall.gateway.transport;

import org.jspecify.annotations.NullMarked;
