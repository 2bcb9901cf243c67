/**
 * From an INVITE to its verdict: facts, the gate behind which everything that fails lets the call pass, the roaming oracle,
 * and the decision record that must be accepted before a call is intercepted. Knows SIP views and rules; no sockets, no
 * transactions.
 */
@NullMarked
package org.anticall.gateway.verdict;

import org.jspecify.annotations.NullMarked;
