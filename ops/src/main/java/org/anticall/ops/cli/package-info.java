/**
 * The command line of the centre: one class per command, one sentence per error. Commands load what they need and no
 * more, so that {@code explain} answers without a database, a web server or SIP.
 */
@NullMarked
package org.anticall.ops.cli;

import org.jspecify.annotations.NullMarked;
