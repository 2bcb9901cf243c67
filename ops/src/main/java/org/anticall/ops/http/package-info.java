/**
 * REST, live events and the console's pages, with sessions and roles. The only package that knows HTTP. It shows what
 * {@code ops.evidence} and {@code ops.store} hold and masks numbers before they leave the process; it decides nothing
 * about calls.
 */
@NullMarked
package org.anticall.ops.http;

import org.jspecify.annotations.NullMarked;
