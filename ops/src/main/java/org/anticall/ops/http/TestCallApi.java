package org.anticall.ops.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.anticall.ops.media.TestCall;
import org.anticall.ops.people.Permission;

/**
 * {@code /api/test-call/{act}}: an operator's page tries microphone, line and relay before the shift. One an account; who goes
 * away in the middle of it ends it by that, a minute later.
 */
final class TestCallApi {

    private static final long ANSWER_SECONDS = 5;
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int MOST = 200;
    private static final int LONGEST_DESCRIPTION = 16_384;

    private final DeskActions desk;
    private final Cache<String, TestCall> calls = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(LONGEST)
            .scheduler(Scheduler.systemScheduler())
            .<String, TestCall>removalListener((account, call, why) -> {
                if (call != null) {
                    var unused = call.end();
                }
            })
            .build();

    TestCallApi(DeskActions desk) {
        this.desk = desk;
    }

    void addTo(Doors doors) {
        doors.post("/api/test-call/{act}", Permission.ANSWER_CALLS, this::act);
    }

    private void act(Context context, Session session) {
        Fields fields = new Fields(Answers.body(context));
        Answers.send(
                context,
                200,
                switch (context.pathParam("act")) {
                    case "begin" -> begin(session);
                    case "answer" -> answer(session, fields);
                    case "end" -> Map.of("sent", done(of(session).end()));
                    default -> throw new Refused(404, "unknown", "A test call does not know this.");
                });
    }

    private Map<String, Object> begin(Session session) {
        TestCall call = desk.testCall()
                .orElseThrow(() -> new Refused(409, "no-relay", "There is no media relay, or none answers."));
        calls.put(session.account(), call);
        return Map.of("sdp", done(call.offer()));
    }

    private Map<String, Object> answer(Session session, Fields fields) {
        fields.text("sdp", 1, LONGEST_DESCRIPTION);
        fields.check();
        done(of(session).answered(fields.node("sdp").asText("")));
        return Map.of("done", true);
    }

    private TestCall of(Session session) {
        TestCall call = calls.getIfPresent(session.account());
        if (call == null) {
            throw new Refused(409, "too-late", "There is no test call of this account, or it is over.");
        }
        return call;
    }

    private static <T> T done(CompletableFuture<T> asked) {
        try {
            return asked.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Refused(409, "no-relay", "The centre is closing.");
        } catch (ExecutionException | TimeoutException notDone) {
            throw new Refused(409, "no-relay", "The media relay does not do it.");
        }
    }
}
