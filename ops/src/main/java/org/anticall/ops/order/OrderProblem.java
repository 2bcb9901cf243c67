package org.anticall.ops.order;

/**
 * What is wrong with a field of an order.
 *
 * @param field {@code basis.scan}
 * @param value what stands there
 * @param word key of the sentence in the reader's language
 * @param expected what should stand there, in English
 */
public record OrderProblem(String field, String value, String word, String expected) {}
