/**
 * Orders of prosecutors and their life, from the draft to the end that every order has. Pure: the clock is handed in, people
 * are persons, breadth is a number somebody counted; it knows no database, no HTTP and no rule language.
 */
@NullMarked
package org.anticall.ops.order;

import org.jspecify.annotations.NullMarked;
