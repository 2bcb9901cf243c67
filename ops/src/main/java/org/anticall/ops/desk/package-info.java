/** Call distribution: which operator's seat rings for which diverted call, and what becomes of a call nobody takes. Pure: events in, commands out, time injected. May not know SIP, media, HTTP or the database. Read {@link org.anticall.ops.desk.CallDistributor} first. */
@NullMarked
package org.anticall.ops.desk;

import org.jspecify.annotations.NullMarked;
