/**
 * Decision records as they come from the gateways, and the board that joins them with the desk's calls. Stores through
 * {@code ops.store}; knows neither HTTP nor SIP, and changes no record.
 */
@NullMarked
package org.anticall.ops.evidence;

import org.jspecify.annotations.NullMarked;
