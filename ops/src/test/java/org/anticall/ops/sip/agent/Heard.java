package org.anticall.ops.sip.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a carrier heard of one call, as words. */
final class Heard implements CallWatcher {

    private final List<String> events = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);

    @Override
    public synchronized void progress(int status) {
        events.add(Integer.toString(status));
    }

    @Override
    public synchronized void answered(String session) {
        events.add("answered " + session);
    }

    @Override
    public synchronized void declined(int status) {
        events.add("declined " + status);
        over.countDown();
    }

    @Override
    public synchronized void ended() {
        events.add("ended");
        over.countDown();
    }

    /** All events, when the call is over or ten seconds have passed. */
    List<String> untilOver() throws InterruptedException {
        boolean inTime = over.await(10, TimeUnit.SECONDS);
        synchronized (this) {
            List<String> all = new ArrayList<>(events);
            if (!inTime) {
                all.add("and did not end");
            }
            return all;
        }
    }
}
