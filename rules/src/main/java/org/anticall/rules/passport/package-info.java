/**
 * Identity headers (RFC 8224, SHAKEN of RFC 8588, diversions of RFC 8946), checked as far as their own words go. Takes header
 * values as text; knows no SIP message, fetches no certificate and opens no connection.
 */
@NullMarked
package org.anticall.rules.passport;

import org.jspecify.annotations.NullMarked;
