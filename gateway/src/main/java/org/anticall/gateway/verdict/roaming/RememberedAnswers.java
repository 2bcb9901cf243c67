package org.anticall.gateway.verdict.roaming;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.anticall.gateway.config.RoamingMemory;
import org.anticall.gateway.verdict.RoamingOracle;
import org.anticall.rules.call.RoamingAnswer;
import org.jspecify.annotations.Nullable;

/**
 * An oracle in front of another one: remembers its answers, each state as long as the configuration says, and asks once
 * where the same number is asked for several times at once. An answer that came too late for its call is remembered for
 * the next one. Thread-safe.
 */
public final class RememberedAnswers implements RoamingOracle {

    private final RoamingOracle source;
    private final RoamingMemory memory;
    private final RoamingCounters counters;
    private final Cache<Long, RoamingAnswer> answers;
    private final ConcurrentMap<Long, Flight> flights = new ConcurrentHashMap<>();

    /**
     * @param nanos a clock that does not go back, nanoseconds
     */
    public RememberedAnswers(RoamingOracle source, RoamingMemory memory, RoamingCounters counters, LongSupplier nanos) {
        this.source = source;
        this.memory = memory;
        this.counters = counters;
        this.answers = Caffeine.newBuilder()
                .maximumSize(memory.numbers())
                .ticker(nanos::getAsLong)
                .executor(Runnable::run)
                .expireAfter(new ByState())
                .build();
    }

    @Override
    public void query(long e164, Consumer<RoamingAnswer> callback) {
        Long number = e164;
        while (true) {
            RoamingAnswer known = answers.getIfPresent(number);
            if (known != null) {
                counters.remembered.increment();
                callback.accept(known);
                return;
            }
            Flight own = new Flight(callback);
            Flight other = flights.putIfAbsent(number, own);
            if (other == null) {
                ask(number, own);
                return;
            }
            if (other.join(callback)) {
                counters.joined.increment();
                return;
            }
        }
    }

    private void ask(Long number, Flight flight) {
        try {
            source.query(number, answer -> landed(number, flight, answer));
        } catch (Throwable thrown) {
            flight.leave();
            landed(number, flight, RoamingAnswer.UNKNOWN);
            throw thrown;
        }
    }

    private void landed(Long number, Flight flight, RoamingAnswer answer) {
        if (!memory.keeps(answer.state()).isZero()) {
            answers.put(number, answer);
        }
        flights.remove(number, flight);
        flight.land(answer);
    }

    @Override
    public String trouble() {
        return source.trouble();
    }

    /** Everything remembered is forgotten: what answers has changed. */
    public void forget() {
        answers.invalidateAll();
    }

    private final class ByState implements Expiry<Long, RoamingAnswer> {
        @Override
        public long expireAfterCreate(Long number, RoamingAnswer answer, long now) {
            return memory.keeps(answer.state()).toNanos();
        }

        @Override
        public long expireAfterUpdate(Long number, RoamingAnswer answer, long now, long left) {
            return memory.keeps(answer.state()).toNanos();
        }

        @Override
        public long expireAfterRead(Long number, RoamingAnswer answer, long now, long left) {
            return left;
        }
    }

    /** One question under way and all who wait for it. A stack that is taken as a whole when the answer is there. */
    private static final class Flight {

        private static final Waiter LANDED = new Waiter(answer -> {}, null);

        private final Waiter first;
        private final AtomicReference<@Nullable Waiter> waiting;

        Flight(Consumer<RoamingAnswer> callback) {
            first = new Waiter(callback, null);
            waiting = new AtomicReference<>(first);
        }

        /** Waits with the others; false if the answer is already there. */
        boolean join(Consumer<RoamingAnswer> callback) {
            while (true) {
                Waiter top = waiting.get();
                if (top == LANDED) {
                    return false;
                }
                if (waiting.compareAndSet(top, new Waiter(callback, top))) {
                    return true;
                }
            }
        }

        /** The first one does not wait any more. */
        void leave() {
            first.gone = true;
        }

        void land(RoamingAnswer answer) {
            for (Waiter each = waiting.getAndSet(LANDED); each != null; each = each.next) {
                if (!each.gone) {
                    each.callback.accept(answer);
                }
            }
        }
    }

    private static final class Waiter {

        private final Consumer<RoamingAnswer> callback;
        private final @Nullable Waiter next;
        private volatile boolean gone;

        Waiter(Consumer<RoamingAnswer> callback, @Nullable Waiter next) {
            this.callback = callback;
            this.next = next;
        }
    }
}
