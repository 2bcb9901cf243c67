package org.anticall.ops.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PasswordsTest {

    /** Of "correct horse", as the first version of the centre wrote it, made with Python's hashlib. */
    private static final String OLD =
            "pbkdf2-sha512$210000$AAECAwQFBgcICQoLDA0ODw$l4pqr0UVqxiWEnbGDBV//hzeVcB7ZgsFnr5Z+SZYIYg";

    @Test
    void aPasswordMatchesItsOwnHashOnly() {
        String password = Passwords.random();
        String hash = Passwords.hash(password);

        assertTrue(hash.startsWith("argon2id$m=19456,t=2,p=1$"), hash);
        assertTrue(Passwords.matches(password, hash));
        assertFalse(Passwords.matches(password + "x", hash));
        assertNotEquals(hash, Passwords.hash(password), "every hash has its own salt");
        assertTrue(password.matches("([a-z2-9]{4}-){3}[a-z2-9]{4}"), password);
    }

    @Test
    void aHashOfTheFirstVersionStillMatchesAndIsToBeReplaced() {
        assertTrue(Passwords.matches("correct horse", OLD));
        assertFalse(Passwords.matches("correct horsf", OLD));
        assertTrue(Passwords.isOutdated(OLD));
    }

    @Test
    void aHashOfAnotherCostMatchesAndIsToBeReplaced() {
        // RFC 9106 has no vector without secret and associated data; this one is from the reference program argon2:
        // echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 -l 32
        String other = "argon2id$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

        assertTrue(Passwords.matches("password", other));
        assertTrue(Passwords.isOutdated(other));
        assertFalse(Passwords.isOutdated(Passwords.hash("password")));
    }

    @Test
    void aHashOfUnknownFormIsToldInsteadOfBeingWrong() {
        assertEquals(
                "unknown form of password hash, expected argon2id",
                assertThrows(IllegalArgumentException.class, () -> Passwords.matches("x", "md5$1$AA$AA"))
                        .getMessage());
    }
}
