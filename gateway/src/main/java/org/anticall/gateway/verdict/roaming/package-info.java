/**
 * Who answers where a home mobile is: the carrier's look-up over HTTP, a list of those abroad, or a simulator; and what is
 * remembered of the answers. Knows nothing of SIP, of calls or of rules beyond the answer; everything slow happens on
 * threads of its own.
 */
@NullMarked
package org.anticall.gateway.verdict.roaming;

import org.jspecify.annotations.NullMarked;
