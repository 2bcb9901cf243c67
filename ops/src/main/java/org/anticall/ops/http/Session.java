package org.anticall.ops.http;

import java.time.Instant;
import org.anticall.ops.store.Accounts.Role;

/**
 * One signed-in browser.
 *
 * @param account who signed in
 * @param role what this person may do
 * @param csrf what the page sends with every request that changes something; other sites cannot know it
 * @param endsAt when it ends whatever happens
 */
record Session(String account, Role role, String csrf, Instant endsAt) {}
