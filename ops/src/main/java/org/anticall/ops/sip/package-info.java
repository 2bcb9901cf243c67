/** The desk on the wire: the JAIN-SIP stack and its peculiarities, the operators' phones, and both legs of a diverted call. The only packages of the centre that import {@code javax.sip} or {@code gov.nist} are this one and its children. It carries out what {@code ops.desk} decides and decides nothing about distribution itself; it may not know HTTP or the database. Read {@link org.anticall.ops.sip.DeskServer} first. */
@NullMarked
package org.anticall.ops.sip;

import org.jspecify.annotations.NullMarked;
