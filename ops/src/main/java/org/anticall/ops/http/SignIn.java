package org.anticall.ops.http;

import io.javalin.http.Context;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.anticall.ops.people.Account;
import org.anticall.ops.people.Passwords;
import org.anticall.ops.people.Role;
import org.anticall.ops.people.SecondFactor;
import org.anticall.ops.people.Secrets;
import org.anticall.ops.store.Accounts;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody is who they say: password, then the code of the second factor or a recovery code. A hash of an earlier
 * version is replaced once its password is known to be right. Every success, lock and used recovery code is in the trail.
 */
final class SignIn {

    private static final int CODE_DIGITS = 6;

    private static final int LONGEST_WAIT_SECONDS = 10;

    /**
     * A password check takes a core and 19 MiB for some hundredths of a second: strangers must not get all of them, nor hold
     * up those who come from where they have been before.
     */
    private final Semaphore strangers =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    private final Semaphore known = new Semaphore(1, true);

    private final Accounts accounts;
    private final Set<Role> needSecondFactor;
    private final Trail trail;
    private final Clock clock;

    SignIn(Accounts accounts, Set<Role> needSecondFactor, Trail trail, Clock clock) {
        this.accounts = accounts;
        this.needSecondFactor = Set.copyOf(needSecondFactor);
        this.trail = trail;
        this.clock = clock;
    }

    /** What came of an attempt. */
    sealed interface Answer {}

    record In(Account account) implements Answer {}

    /** The password is right and there is no code yet. */
    record CodeNeeded() implements Answer {}

    record WrongCode() implements Answer {}

    /** Wrong, unknown, closed or locked: nobody is told which. */
    record Wrong() implements Answer {}

    /** The device that asks, null if nobody has signed in to this account there lately. */
    @Nullable
    String device(Context context, String name) {
        return KnownDevice.of(context, accounts.find(name).orElse(null), clock.instant());
    }

    /** @param isKnown whether it comes from a device of the account: the lock is for strangers, and so is what leads to it */
    Answer tried(Context context, String name, String password, String code, boolean isKnown)
            throws InterruptedException {
        Account account = accounts.find(name).orElse(null);
        boolean right = isRight(account, password, isKnown ? known : strangers);
        if (account == null || !account.active() || (!isKnown && account.isLocked(clock.instant()))) {
            return new Wrong();
        }
        if (!right) {
            failed(context, name, isKnown);
            return new Wrong();
        }
        if (account.secondFactor() != null && code.isEmpty()) {
            return new CodeNeeded();
        }
        if (account.secondFactor() != null && !isCode(context, account, account.secondFactor(), code)) {
            failed(context, name, isKnown);
            return new WrongCode();
        }
        if (Passwords.isOutdated(account.passwordHash())) {
            accounts.rehash(name, Passwords.hash(password));
        }
        accounts.succeeded(account, clock.instant(), trail.of(context, account, "session.begin"));
        return new In(accounts.find(name).orElse(account));
    }

    /** Whether this person has to set up a second factor before anything else. */
    boolean mustEnrol(Account account) {
        return account.secondFactor() == null && needSecondFactor.contains(account.role());
    }

    private void failed(Context context, String name, boolean isKnown) {
        if (isKnown) {
            return;
        }
        accounts.failed(name, clock.instant(), trail.ofStranger(context, name, "account.locked"));
    }

    private boolean isCode(Context context, Account account, String secret, String code) {
        if (code.length() == CODE_DIGITS) {
            long taken = accounts.intervalTaken(account.name());
            long interval = SecondFactor.intervalOf(code, secret, clock.instant(), taken);
            return interval > 0 && accounts.take(account.name(), interval);
        }
        return accounts.useRecovery(account.name(), Secrets.hash(code), trail.of(context, account, "account.recovery"));
    }

    /** Takes the same time whether or not there is such an account. */
    private static boolean isRight(@Nullable Account account, String password, Semaphore checks)
            throws InterruptedException {
        if (!checks.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
            throw new Refused(503, "busy", "Too many people sign in at once; try again in a minute.");
        }
        try {
            return account == null
                    ? Passwords.matchesNobody(password)
                    : Passwords.matches(password, account.passwordHash());
        } finally {
            checks.release();
        }
    }
}
