/**
 * Who works at the centre and may do what: persons apart from their accounts, roles with their permissions, passwords, the
 * second factor. Pure: it knows no database and no HTTP.
 */
@NullMarked
package org.anticall.ops.people;

import org.jspecify.annotations.NullMarked;
