package org.anticall.gateway.control;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.Future;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of the admin address: a request, its page, and so on. Nothing is read while a page is made; requests that came
 * in one piece wait for each other, so that answers have their order. A request that is not whole, or an answer that is not
 * taken, within {@link #PATIENCE_SECONDS} ends the connection. Owned by one event loop.
 */
final class AdminConnection extends SimpleChannelInboundHandler<FullHttpRequest> {

    static final int PATIENCE_SECONDS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(AdminConnection.class);

    private final Map<String, AdminPage> pages;
    private final Executor pageThreads;
    private final Deque<Asked> waiting = new ArrayDeque<>();
    private @Nullable Future<?> patience;

    /** What is kept of a request until it is answered. */
    private record Asked(String method, String uri, boolean isWell, boolean goesOn) {}

    AdminConnection(Map<String, AdminPage> pages, Executor pageThreads) {
        this.pages = pages;
        this.pageThreads = pageThreads;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        waitFor(context);
        context.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stopWaiting();
        context.fireChannelInactive();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        stopWaiting();
        context.channel().config().setAutoRead(false);
        boolean isWell = request.decoderResult().isSuccess();
        waiting.add(new Asked(request.method().name(), request.uri(), isWell, HttpUtil.isKeepAlive(request) && isWell));
        if (waiting.size() == 1) {
            answerNext(context);
        }
    }

    /** Answers the first of those that wait; it stays there until its answer is written. */
    private void answerNext(ChannelHandlerContext context) {
        Asked asked = waiting.element();
        if (!asked.isWell) {
            send(context, AdminPage.Answer.text(400, "this is no HTTP request"), false);
            return;
        }
        try {
            pageThreads.execute(() -> {
                AdminPage.Answer answer = answer(asked.method, asked.uri);
                context.executor().execute(() -> send(context, answer, asked.goesOn));
            });
        } catch (RejectedExecutionException tooMany) {
            send(context, AdminPage.Answer.text(503, "too many questions at once"), asked.goesOn);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the listener has it, or it is closed in any case
    private void send(ChannelHandlerContext context, AdminPage.Answer answer, boolean goesOn) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(answer.status()),
                Unpooled.wrappedBuffer(answer.body()));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, answer.contentType())
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
        HttpUtil.setKeepAlive(response, goesOn);
        waitFor(context);
        context.writeAndFlush(response).addListener((ChannelFutureListener) written -> {
            waiting.remove();
            if (!goesOn || !written.isSuccess()) {
                written.channel().close();
            } else if (waiting.isEmpty()) {
                waitFor(context);
                context.channel().config().setAutoRead(true);
            } else {
                stopWaiting();
                answerNext(context);
            }
        });
    }

    /** From now on the client has its time again. */
    private void waitFor(ChannelHandlerContext context) {
        stopWaiting();
        patience = context.executor().schedule(() -> giveUp(context), PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static void giveUp(ChannelHandlerContext context) {
        var unused = context.close();
    }

    private void stopWaiting() {
        if (patience != null) {
            patience.cancel(false);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.atDebug().addKeyValue("cause", cause.toString()).log("admin client went away");
        var unused = context.close();
    }

    private AdminPage.Answer answer(String method, String uri) {
        int query = uri.indexOf('?');
        String path = query < 0 ? uri : uri.substring(0, query);
        AdminPage page = pages.get(path);
        if (page == null) {
            return AdminPage.Answer.text(
                    404,
                    "no such page; known here: " + String.join(", ", new TreeSet<>(pages.keySet()))
                            + "; GET / tells more");
        }
        if (!page.method().equals(method)) {
            return AdminPage.Answer.text(
                    405, method + ": expected " + page.method() + " for this page; GET / tells more");
        }
        try {
            return page.content().answer(parameters(query < 0 ? "" : uri.substring(query + 1)));
        } catch (RuntimeException failure) {
            LOG.atError().addKeyValue("page", path).setCause(failure).log("admin page failed");
            return AdminPage.Answer.text(500, "this page failed, the gateway's log says why");
        }
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }
}
