package org.anticall.ops.simulate;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.anticall.ops.sip.agent.ArrivedCall;
import org.anticall.ops.sip.agent.CalledParty;
import org.anticall.ops.sip.agent.Manner;
import org.anticall.ops.sip.agent.Manners;

/**
 * The operators of the simulation: registered phones that mostly answer, now and then release a call to the callee, now
 * and then do not hear it. Thread-safe.
 */
final class OperatorRoom implements AutoCloseable {

    private static final Duration REGISTERED_FOR = Duration.ofMinutes(2);
    private static final Duration REGISTER_WITHIN = Duration.ofSeconds(15);

    /** The status by which a phone tells the desk to release the call to the callee. */
    private static final int RELEASE = 603;

    private final CalledParty phones;

    private OperatorRoom(CalledParty phones) {
        this.phones = phones;
    }

    /**
     * Puts the operators at their phones.
     *
     * @param audible whether they can be heard
     * @throws DemoUnavailable if the desk does not take one of them
     */
    static OperatorRoom open(
            boolean audible,
            List<DemoFiles.Phone> seats,
            InetSocketAddress desk,
            Ledger ledger,
            Pace pace,
            RandomGenerator random)
            throws DemoUnavailable, InterruptedException {
        OperatorRoom room;
        try {
            Manners manners = new Temper(ledger, pace, random);
            room = new OperatorRoom(
                    audible
                            ? CalledParty.withVoice("operators", DemoPorts.HOST, 0, manners)
                            : CalledParty.open("operators", DemoPorts.HOST, 0, manners));
        } catch (IOException e) {
            throw new DemoUnavailable("the simulated phones cannot listen: " + e.getMessage(), e);
        }
        try {
            room.register(seats, desk);
            return room;
        } catch (DemoUnavailable | InterruptedException e) {
            room.close();
            throw e;
        }
    }

    @Override
    public void close() {
        phones.close();
    }

    private void register(List<DemoFiles.Phone> seats, InetSocketAddress desk)
            throws DemoUnavailable, InterruptedException {
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (DemoFiles.Phone seat : seats) {
            answers.add(phones.register(seat.user(), seat.password(), desk, REGISTERED_FOR));
        }
        for (int i = 0; i < seats.size(); i++) {
            int status = status(answers.get(i));
            if (status != 200) {
                throw new DemoUnavailable("the desk did not register phone "
                        + seats.get(i).user() + " but answered " + status + ", expected 200");
            }
        }
    }

    private static int status(CompletableFuture<Integer> answer) throws InterruptedException {
        try {
            return answer.get(REGISTER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return 408;
        }
    }

    /** What operators do with the calls that ring, in turn: of six, four are answered, one released, one not heard. */
    private static final class Temper implements Manners {

        private final Ledger ledger;
        private final Pace pace;
        private final RandomGenerator random;
        private int rings;

        Temper(Ledger ledger, Pace pace, RandomGenerator random) {
            this.ledger = ledger;
            this.pace = pace;
            this.random = random;
        }

        @Override
        public synchronized Manner of(ArrivedCall call) {
            CallTrace trace = ledger.withSession(call.session());
            if (trace != null) {
                trace.rangAtDesk();
            }
            int turn = rings++ % 6;
            if (turn == 2) {
                return new Manner.Refuses(pace.answer().draw(random), RELEASE);
            }
            if (turn == 4) {
                return new Manner.Ignores();
            }
            return new Manner.Answers(
                    pace.answer().draw(random), pace.talk().draw(random), CallTrace.SEAT_SESSION + call.callee());
        }

        @Override
        public void refused(ArrivedCall call) {
            CallTrace trace = ledger.withSession(call.session());
            if (trace != null) {
                trace.released();
            }
        }
    }
}
