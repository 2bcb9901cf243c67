package org.anticall.ops.people;

/**
 * A human being, whatever accounts there are. Signatures on an order are compared by person, never by account.
 *
 * @param id number of the person
 * @param staffNumber what the state or the employer knows the person by; no two persons have the same
 * @param name as it is shown beside what the person did
 * @param unit department
 */
public record Person(long id, String staffNumber, String name, String unit) {}
