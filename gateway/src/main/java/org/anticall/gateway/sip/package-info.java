/**
 * SIP messages as bytes: one pass indexes a message, views read single values at offsets, edits are applied in one copy
 * and leave every other byte as it came. Knows Netty's buffers and nothing else: no sockets, no transactions, no rules.
 */
@NullMarked
package org.anticall.gateway.sip;

import org.jspecify.annotations.NullMarked;
