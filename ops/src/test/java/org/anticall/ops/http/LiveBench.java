package org.anticall.ops.http;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anticall.ops.RunningCentre;
import org.anticall.ops.TestRecords;

/**
 * How long a change at the desk takes to 100 open pages, over HTTP on this machine: 1,000 changes, 100 a second. Prints one
 * line.
 *
 * <pre>java -cp 'ops/target/test-classes:ops/target/classes:ops/target/lib/*' org.anticall.ops.http.LiveBench</pre>
 */
final class LiveBench {

    private static final int PAGES = 100;
    private static final int EVENTS = 1_000;
    private static final long APART_NANOS = 10_000_000;
    private static final Pattern SEQ = Pattern.compile("\"seq\":([0-9]+)");

    private LiveBench() {}

    public static void main(String[] arguments) throws Exception {
        Path state = Files.createTempDirectory("live-bench");
        long[] sentAt = new long[EVENTS + 1];
        long[] tookNanos = new long[PAGES * EVENTS];
        AtomicInteger heard = new AtomicInteger();
        CountDownLatch open = new CountDownLatch(PAGES);
        CountDownLatch all = new CountDownLatch(PAGES * EVENTS);
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        try (RunningCentre centre = new RunningCentre(state)) {
            String cookie = Visitor.signedIn(centre, "operator").cookie();
            for (int i = 0; i < PAGES; i++) {
                HttpRequest request = HttpRequest.newBuilder(centre.uri("/api/live"))
                        .header("Cookie", cookie)
                        .build();
                var unused = client.sendAsync(request, HttpResponse.BodyHandlers.fromLineSubscriber(new Page(line -> {
                    Matcher seq = SEQ.matcher(line);
                    if (!seq.find()) {
                        return;
                    }
                    int number = Integer.parseInt(seq.group(1));
                    if (number == 0) {
                        open.countDown();
                    } else {
                        tookNanos[heard.getAndIncrement()] = System.nanoTime() - sentAt[number];
                        all.countDown();
                    }
                })));
            }
            open.await(60, TimeUnit.SECONDS);
            for (int i = 1; i <= EVENTS; i++) {
                sentAt[i] = System.nanoTime();
                centre.server()
                        .board()
                        .changed(TestRecords.offered(
                                "A" + i % 300, "+447700900123", "+77172345641", "D10", Instant.now()));
                LockSupport.parkNanos(APART_NANOS);
            }
            all.await(60, TimeUnit.SECONDS);
        }
        int count = heard.get();
        long[] sorted = Arrays.copyOf(tookNanos, count);
        Arrays.sort(sorted);
        System.out.printf(
                "%d pages, %d of %d changes heard, ms: p50 %.1f, p99 %.1f, max %.1f%n",
                PAGES,
                count,
                PAGES * EVENTS,
                sorted[count / 2] / 1e6,
                sorted[(int) (count * 0.99)] / 1e6,
                sorted[count - 1] / 1e6);
        System.exit(count == PAGES * EVENTS ? 0 : 1);
    }

    private interface Line {
        void heard(String line);
    }

    /** One open page. */
    private record Page(Line line) implements Flow.Subscriber<String> {

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String text) {
            line.heard(text);
        }

        @Override
        public void onError(Throwable thrown) {}

        @Override
        public void onComplete() {}
    }
}
