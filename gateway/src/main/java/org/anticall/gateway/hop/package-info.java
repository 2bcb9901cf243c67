/**
 * Next hops: groups of addresses that can stand in for each other, by priority and weight, what their names stand for, and
 * which of them answer. Knows addresses, time and name servers, no SIP.
 */
@NullMarked
package org.anticall.gateway.hop;

import org.jspecify.annotations.NullMarked;
