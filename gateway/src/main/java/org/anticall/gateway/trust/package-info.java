/**
 * How the gateway and the centre know each other: the gateway's own key and certificate, the authority it believes, how it
 * got them (enrolment) and how it gets the next ones. Knows HTTP, and nothing of calls.
 */
@NullMarked
package org.anticall.gateway.trust;

import org.jspecify.annotations.NullMarked;
