package org.anticall.rules.bench;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.anticall.rules.Activation;
import org.anticall.rules.RuleBook;
import org.anticall.rules.RuleSource;
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

/** How long it takes from the bytes of a list of ten million numbers, in no order, to a rule set that judges calls. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx6g")
@Warmup(iterations = 1)
@Measurement(iterations = 3)
public class ListCompileBench {

    static final String RULES =
            """
            home: KZ
            legal-basis: {type: law, document: bench, date: 2026-01-01, office: bench}
            lists: {long: {file: long.csv}}
            rules:
              - {id: LONG, title: Long, priority: 1, when: {caller: {list: long}}, then: divert}
            """;

    private byte[] text;

    @Setup
    public void write() {
        text = text(10_000_000);
    }

    static byte[] text(int numbers) {
        StringBuilder lines = new StringBuilder(numbers * 14);
        for (long number : LongLists.distinct(new Random(1), numbers)) {
            lines.append('+').append(number).append('\n');
        }
        for (int i = 0; i < LongLists.PREFIXES; i++) {
            lines.append('+').append(100_000L * (i % 4 == 0 ? 1 : 100) + 7L * i).append("*\n");
        }
        return lines.toString().getBytes(StandardCharsets.US_ASCII);
    }

    static RuleSource source(byte[] list) {
        return new RuleSource() {
            @Override
            public String name() {
                return "bench";
            }

            @Override
            public String rules() {
                return RULES;
            }

            @Override
            public InputStream list(String file) {
                return new ByteArrayInputStream(list);
            }
        };
    }

    @Benchmark
    public Activation activate() {
        Activation activation = RuleBook.forHome("KZ").activate(source(text));
        if (activation instanceof Activation.Rejected rejected) {
            throw new IllegalStateException(rejected.problems().get(0).toString());
        }
        return activation;
    }
}
