package org.anticall.ops.http;

import java.time.Instant;
import java.util.Set;
import org.anticall.ops.audit.Actor;
import org.anticall.ops.people.Permission;
import org.anticall.ops.people.Person;
import org.anticall.ops.people.Role;

/**
 * Who asks: a signed-in browser, or a program with a token.
 *
 * @param account what the person signed in with
 * @param person the human being
 * @param role what this person is
 * @param permissions what may be done: those of the role; fewer for a token, none until a second factor that the role needs
 *     is there
 * @param csrf what the page sends with every request that changes something; other sites cannot know it. Empty for a
 *     token: browsers do not send those by themselves
 * @param mustEnrol whether a second factor has to be set up before anything else
 * @param endsAt when it ends whatever happens
 */
record Session(
        String account,
        Person person,
        Role role,
        Set<Permission> permissions,
        String csrf,
        boolean mustEnrol,
        Instant endsAt) {

    Session {
        permissions = Set.copyOf(permissions);
    }

    boolean may(Permission permission) {
        return permissions.contains(permission);
    }

    boolean isToken() {
        return csrf.isEmpty();
    }

    Actor from(String address) {
        return new Actor(person.id(), account, address);
    }
}
