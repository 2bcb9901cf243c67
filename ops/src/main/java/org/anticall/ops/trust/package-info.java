/**
 * Who may talk to the centre, and how it shows who it is: the keys of the transport, apart from those that sign bundles. A
 * small certificate authority for gateways, the one-time tokens they enrol with, and the TLS of both doors. Knows no HTTP
 * routes and no database.
 */
@NullMarked
package org.anticall.ops.trust;

import org.jspecify.annotations.NullMarked;
