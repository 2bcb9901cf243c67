/**
 * Next hops: groups of addresses that can stand in for each other, in order, and which of them answer. Knows addresses and
 * time, no SIP.
 */
@NullMarked
package org.anticall.gateway.hop;

import org.jspecify.annotations.NullMarked;
