/**
 * What people and their tools hold in hand while a gateway runs: the admin endpoint with metrics, health, status and
 * switches, and the watch over the rule file and the list of roamers. It reads what the other packages count and changes
 * the path of calls only through one volatile write at a time; it never runs on an event loop.
 */
@NullMarked
package org.anticall.gateway.control;

import org.jspecify.annotations.NullMarked;
