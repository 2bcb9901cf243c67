package org.anticall.ops.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Answers that nobody reads cost some memory and no thread. What a handler writes is taken at once and leaves when the client
 * reads it, up to {@code roomBytes} of one answer; only what is longer makes its writer wait. A client that takes less than
 * {@link #SLICE_BYTES} within {@code patience} is cut off. Of all answers together at most {@code mostBytes} wait: one byte
 * more, and the answer of which nothing has been read for the longest time is cut off.
 *
 * <p>Any thread.
 */
final class UnreadAnswers extends Handler.Wrapper {

    /** Longer than any page, picture or list a stranger can ask for. */
    private static final int ROOM_BYTES = 512 * 1024;

    private static final long MOST_BYTES = 64L << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    static final int SLICE_BYTES = 32 * 1024;

    private final int roomBytes;
    private final long mostBytes;
    private final Duration patience;

    /** The one that has gone without progress for the longest time comes first; its own lock guards it and what follows. */
    private final Set<Answer> waiting = new LinkedHashSet<>();

    private long waitingBytes;

    /** @param inner null for one that is set later */
    UnreadAnswers(@Nullable Handler inner) {
        this(inner, ROOM_BYTES, MOST_BYTES, PATIENCE);
    }

    UnreadAnswers(@Nullable Handler inner, int roomBytes, long mostBytes, Duration patience) {
        super(inner);
        this.roomBytes = roomBytes;
        this.mostBytes = mostBytes;
        this.patience = patience;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Answer answer = new Answer(request, response);
        return super.handle(request, answer, Callback.from(() -> answer.end(callback), callback::failed));
    }

    private void taken(Answer answer, int bytes) {
        List<Answer> cut = new ArrayList<>();
        synchronized (waiting) {
            answer.waitingBytes += bytes;
            waitingBytes += bytes;
            waiting.add(answer);
            for (Iterator<Answer> eldest = waiting.iterator(); waitingBytes > mostBytes; ) {
                Answer each = eldest.next();
                eldest.remove();
                waitingBytes -= each.waitingBytes;
                each.waitingBytes = 0;
                cut.add(each);
            }
        }
        cut.forEach(Answer::cutOff);
    }

    private void left(Answer answer, int bytes) {
        synchronized (waiting) {
            int less = Math.min(bytes, answer.waitingBytes);
            answer.waitingBytes -= less;
            waitingBytes -= less;
            if (waiting.remove(answer) && answer.waitingBytes > 0) {
                waiting.add(answer);
            }
        }
    }

    /**
     * Something that is to be written.
     *
     * @param copied whether its bytes are ours and its writer has gone on
     */
    private record Piece(ByteBuffer bytes, boolean isLast, boolean copied, Callback written) {}

    private final class Answer extends Response.Wrapper {

        private final Writer writer = new Writer();

        /** Guarded by this answer, as what follows. */
        private final Deque<Piece> pieces = new ArrayDeque<>();

        private int copiedBytes;
        private @Nullable EofException failure;
        private @Nullable Callback end;

        /** Guarded by {@link #waiting}. */
        private int waitingBytes;

        Answer(Request request, Response response) {
            super(request, response);
        }

        @Override
        public void write(boolean last, @Nullable ByteBuffer content, Callback callback) {
            ByteBuffer bytes = content == null ? BufferUtil.EMPTY_BUFFER : content;
            int length = bytes.remaining();
            boolean fits;
            EofException failed;
            synchronized (this) {
                failed = failure;
                fits = failed == null && copiedBytes + length <= roomBytes;
                if (fits) {
                    copiedBytes += length;
                    pieces.add(new Piece(ByteBuffer.allocate(length).put(bytes).flip(), last, true, Callback.NOOP));
                } else if (failed == null) {
                    pieces.add(new Piece(bytes, last, false, callback));
                }
            }
            if (failed != null) {
                callback.failed(failed);
                return;
            }
            if (fits) {
                taken(this, length);
            }
            writer.iterate();
            if (fits) {
                callback.succeeded();
            }
        }

        /** The handler is done; the answer is when all of it has left. */
        void end(Callback callback) {
            EofException failed;
            synchronized (this) {
                failed = failure;
                end = callback;
            }
            if (failed == null) {
                writer.iterate();
            } else {
                callback.failed(failed);
            }
        }

        /** Whatever is being written fails then. */
        void cutOff() {
            EndPoint line = getRequest().getConnectionMetaData().getConnection().getEndPoint();
            while (line instanceof EndPoint.Wrapper wrapper) {
                line = wrapper.unwrap();
            }
            line.close(new TimeoutException("nobody reads the answer"));
        }

        /** Hands one slice after the other to the connection. */
        private final class Writer extends IteratingCallback {

            private Scheduler.@Nullable Task watch;
            private int sliceBytes;

            @Override
            protected Action process() {
                ByteBuffer slice;
                boolean isLast;
                synchronized (Answer.this) {
                    Piece piece = pieces.peek();
                    if (piece == null) {
                        return end == null ? Action.IDLE : Action.SUCCEEDED;
                    }
                    sliceBytes = Math.min(SLICE_BYTES, piece.bytes().remaining());
                    slice = piece.bytes().slice(piece.bytes().position(), sliceBytes);
                    isLast = piece.isLast() && sliceBytes == piece.bytes().remaining();
                }
                watch = getRequest()
                        .getComponents()
                        .getScheduler()
                        .schedule(Answer.this::cutOff, patience.toMillis(), TimeUnit.MILLISECONDS);
                getWrapped().write(isLast, slice, this);
                return Action.SCHEDULED;
            }

            @Override
            protected void onSuccess() {
                unwatch();
                Callback written = Callback.NOOP;
                int gone = 0;
                synchronized (Answer.this) {
                    Piece piece = pieces.element();
                    piece.bytes().position(piece.bytes().position() + sliceBytes);
                    if (piece.copied()) {
                        gone = sliceBytes;
                        copiedBytes -= gone;
                    }
                    if (!piece.bytes().hasRemaining()) {
                        pieces.remove();
                        written = piece.written();
                    }
                }
                left(Answer.this, gone);
                written.succeeded();
            }

            /** What it wakes goes on in a thread of its own; where all are busy it must not wait for one. */
            @Override
            public InvocationType getInvocationType() {
                return InvocationType.NON_BLOCKING;
            }

            @Override
            protected void onCompleteSuccess() {
                ended().succeeded();
            }

            @Override
            protected void onCompleteFailure(Throwable cause) {
                unwatch();
                EofException gone = cause instanceof EofException eof ? eof : new EofException(cause);
                List<Piece> lost;
                synchronized (Answer.this) {
                    failure = gone;
                    lost = List.copyOf(pieces);
                    pieces.clear();
                }
                left(Answer.this, Integer.MAX_VALUE);
                lost.forEach(piece -> piece.written().failed(gone));
                ended().failed(gone);
            }

            /** Who waits for the end, once. */
            private Callback ended() {
                synchronized (Answer.this) {
                    Callback waits = end == null ? Callback.NOOP : end;
                    end = null;
                    return waits;
                }
            }

            private void unwatch() {
                Scheduler.Task task = watch;
                if (task != null) {
                    task.cancel();
                }
            }
        }
    }
}
