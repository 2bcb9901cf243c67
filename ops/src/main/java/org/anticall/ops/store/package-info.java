/**
 * The centre's memory: accounts, decision records, the life of diverted calls, looks at personal data. JDBC only; one set
 * of SQL for the embedded H2 and for PostgreSQL. Knows nothing of HTTP or SIP and decides nothing.
 */
@NullMarked
package org.anticall.ops.store;

import org.jspecify.annotations.NullMarked;
