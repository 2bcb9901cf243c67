/**
 * Redress: numbers that pass although rules mean them, appeals of people whose calls were kept away, and what people found out
 * about the calls that rules had caught. Pure: steps in, the next version out, the clock given. Knows neither the database nor
 * HTTP.
 */
@NullMarked
package org.anticall.ops.redress;

import org.jspecify.annotations.NullMarked;
