package org.anticall.gateway.verdict;

import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.anticall.gateway.config.Contract;
import org.anticall.gateway.config.Trunk;
import org.anticall.gateway.config.TrunkLimits;
import org.anticall.gateway.sip.MessageBench;
import org.anticall.gateway.sip.SipFault;
import org.anticall.gateway.sip.SipLimits;
import org.anticall.gateway.sip.SipMessage;
import org.anticall.gateway.sip.SipText;
import org.anticall.rules.Activation;
import org.anticall.rules.RuleBook;
import org.anticall.rules.RuleSource;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Screening;
import org.anticall.rules.call.TrunkClass;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the facts of an indexed INVITE cost, and the verdict of the reference policy on them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class VerdictBench {

    private final RuleBook book = RuleBook.forHome("KZ");
    private static final byte[] PEER = SipText.bytes("192.0.2.1");

    private final FactsReader reader = new FactsReader(book.numbers(), new LoopCache());
    private final SipMessage invite = new SipMessage(SipLimits.DEFAULT);
    private final Trunk trunk = new Trunk(
            "transit",
            TrunkClass.INTERNATIONAL,
            List.of(),
            "core",
            Trunk.OnOverload.PASS,
            Contract.DEFAULT,
            TrunkLimits.NONE);

    @Setup
    public void activate() {
        boolean ready = book.activate(RuleSource.reference("KZ")) instanceof Activation.Activated
                && invite.read(Unpooled.wrappedBuffer(MessageBench.INVITE)) == SipFault.NONE;
        if (!ready) {
            throw new IllegalStateException("the reference policy or the INVITE cannot be read");
        }
    }

    @Benchmark
    public CallFacts facts() {
        return reader.read(invite, trunk, PEER, 1_796_000_000_000L, 0);
    }

    @Benchmark
    public Screening factsAndVerdict() {
        return book.decide(reader.read(invite, trunk, PEER, 1_796_000_000_000L, 0));
    }
}
