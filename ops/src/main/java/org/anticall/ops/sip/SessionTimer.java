package org.anticall.ops.sip;

import java.text.ParseException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.ScheduledFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.SipException;
import javax.sip.header.AllowHeader;
import javax.sip.header.Header;
import javax.sip.header.SupportedHeader;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session timer of one leg (RFC 4028): each leg has an agreement of its own, whatever the other one does.
 *
 * <pre>
 *  NONE ── 2xx with Session-Expires ──► the desk refreshes: UPDATE, else re-INVITE, at half the interval; nobody answers: lost
 *                                  └──► the party refreshes: none in time: lost, a third of the interval (32 s at most) early
 * </pre>
 *
 * Every INVITE and UPDATE of either side that gets a 2xx begins the interval anew, or ends the agreement if it says nothing of
 * it. Owned by the desk's thread.
 */
final class SessionTimer {

    static final String SUPPORTED = "timer";
    static final int INTERVAL_TOO_SMALL = 422;

    private static final Logger LOG = LoggerFactory.getLogger(SessionTimer.class);
    private static final String EXPIRES = "Session-Expires";
    private static final String LEAST = "Min-SE";
    private static final Pattern VALUE = Pattern.compile("(?is)[^:]+:\\s*([0-9]{1,9})\\s*(.*)");
    private static final Pattern REFRESHER = Pattern.compile("(?is).*;\\s*refresher\\s*=\\s*(uac|uas).*");
    private static final Duration EARLIEST = Duration.ofSeconds(32);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final Leg leg;
    private final DeskLoop loop;
    private final CallTerms terms;
    private long seconds;
    private long least;
    private boolean refreshes;
    private boolean updates;
    private boolean underWay;
    private @Nullable ScheduledFuture<?> alarm;

    SessionTimer(Leg leg, DeskLoop loop, CallTerms terms) {
        this.leg = leg;
        this.loop = loop;
        this.terms = terms;
        this.least = terms.shortestSession().toSeconds();
    }

    /**
     * What has been agreed, for the next run.
     *
     * @param refreshes whether the desk does
     * @param updates whether the party takes UPDATE
     */
    record Kept(long seconds, boolean refreshes, boolean updates) {}

    /** What has been agreed; null if nothing has. */
    @Nullable
    Kept kept() {
        return seconds == 0 ? null : new Kept(seconds, refreshes, updates);
    }

    /** Goes on with what an earlier run agreed; the interval begins anew. */
    void takeUp(@Nullable Kept kept) {
        if (kept != null) {
            seconds = kept.seconds();
            refreshes = kept.refreshes();
            updates = kept.updates();
            begin();
        }
    }

    // ---- who is asked

    /** Whether {@code request} asks for an interval that is too short: it is refused with 422 and {@link #leastOf}. */
    static boolean isTooShort(Request request, CallTerms terms) {
        long asked = secondsOf(request, EXPIRES);
        return asked > 0 && asked < terms.shortestSession().toSeconds();
    }

    /** The shortest interval the desk agrees to, as a header. */
    static Header leastOf(SipEndpoint endpoint, CallTerms terms) throws ParseException {
        return endpoint.headers()
                .createHeader(LEAST, Long.toString(terms.shortestSession().toSeconds()));
    }

    /** The desk accepts {@code request} with {@code ok}, which says what is agreed: who asked refreshes, if it can. */
    void accept(Request request, Response ok) throws ParseException {
        learn(request);
        seconds = secondsOf(request, EXPIRES);
        if (seconds > 0) {
            boolean canRefresh = supportsTimer(request);
            refreshes = !canRefresh || refresherOf(request).equals("uas");
            ok.setHeader(header(EXPIRES, seconds + ";refresher=" + (refreshes ? "uas" : "uac")));
            if (canRefresh) {
                ok.setHeader(header("Require", SUPPORTED));
            }
        }
        begin();
    }

    // ---- who asks

    /** The desk asks for what it wants, or for what was agreed before. */
    void ask(Request request) throws ParseException {
        long wanted = Math.max(least, seconds == 0 ? terms.session().toSeconds() : seconds);
        String refresher = seconds == 0 ? "" : refreshes ? ";refresher=uac" : ";refresher=uas";
        request.setHeader(header("Supported", SUPPORTED));
        request.setHeader(header(EXPIRES, wanted + refresher));
        request.setHeader(header(LEAST, Long.toString(least)));
    }

    /** The party accepted what the desk had asked. */
    void agreed(Response ok) {
        learn(ok);
        seconds = secondsOf(ok, EXPIRES);
        refreshes = !refresherOf(ok).equals("uas");
        begin();
    }

    /** The party wants longer intervals: {@code refusal} is a 422. Whether asking again makes sense. */
    boolean concede(Response refusal) {
        long wanted = secondsOf(refusal, LEAST);
        boolean more = wanted > least;
        least = Math.max(least, wanted);
        return more;
    }

    /** The call is over. */
    void end() {
        seconds = 0;
        begin();
    }

    // ---- the interval

    private void begin() {
        if (alarm != null) {
            alarm.cancel(false);
            alarm = null;
        }
        if (seconds > 0) {
            Duration interval = Duration.ofSeconds(seconds);
            Duration early = interval.dividedBy(3);
            alarm = refreshes
                    ? loop.schedule(interval.dividedBy(2), this::refresh)
                    : loop.schedule(interval.minus(early.compareTo(EARLIEST) < 0 ? early : EARLIEST), this::expired);
        }
    }

    private void expired() {
        LOG.atInfo().addKeyValue("call", leg.call.recordId()).log("a session was not refreshed");
        leg.lost();
    }

    private void refresh() {
        Dialog dialog = leg.dialog();
        if (dialog == null || seconds == 0) {
            return;
        }
        if (leg.isBusy() || !leg.isConfirmed()) {
            alarm = loop.schedule(AGAIN, this::refresh);
            return;
        }
        if (!updates) {
            leg.reinvite(loop);
            return;
        }
        try {
            Request update = dialog.createRequest(Request.UPDATE);
            ask(update);
            ClientTransaction transaction = leg.endpoint.provider().getNewClientTransaction(update);
            transaction.setApplicationData(this);
            leg.busyWith(this);
            underWay = true;
            dialog.sendRequest(transaction);
        } catch (SipException | ParseException e) {
            LOG.atWarn().addKeyValue("call", leg.call.recordId()).setCause(e).log("a session cannot be refreshed");
            done();
            leg.lost();
        }
    }

    /** An answer to the UPDATE. */
    void answered(Response response) {
        int status = response.getStatusCode();
        if (status < 200 || !underWay) {
            return;
        }
        done();
        if (status < 300) {
            agreed(response);
        } else if (status == Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST || status == Response.REQUEST_TIMEOUT) {
            leg.lost();
        } else {
            boolean later = status == Response.REQUEST_PENDING || (status == INTERVAL_TOO_SMALL && concede(response));
            updates &= later;
            alarm = loop.schedule(AGAIN, this::refresh);
        }
    }

    /** Nobody answered the UPDATE. */
    void timedOut() {
        if (underWay) {
            done();
            leg.lost();
        }
    }

    private void done() {
        underWay = false;
        leg.busyWith(null);
    }

    private void learn(Message message) {
        for (Iterator<?> each = message.getHeaders(AllowHeader.NAME); each.hasNext(); ) {
            updates |= ((AllowHeader) each.next()).getMethod().contains(Request.UPDATE);
        }
    }

    private Header header(String name, String value) throws ParseException {
        return leg.endpoint.headers().createHeader(name, value);
    }

    private static boolean supportsTimer(Request request) {
        for (Iterator<?> each = request.getHeaders(SupportedHeader.NAME); each.hasNext(); ) {
            if (((SupportedHeader) each.next()).getOptionTag().equalsIgnoreCase(SUPPORTED)) {
                return true;
            }
        }
        return false;
    }

    private static String refresherOf(Message message) {
        Header header = message.getHeader(EXPIRES);
        Matcher refresher = REFRESHER.matcher(header == null ? "" : header.toString());
        return refresher.matches() ? refresher.group(1).toLowerCase(Locale.ROOT) : "";
    }

    /** Seconds in a header, 0 if it is not there or no number. */
    private static long secondsOf(Message message, String name) {
        Header header = message.getHeader(name);
        Matcher value = VALUE.matcher(header == null ? "" : header.toString());
        return value.matches() ? Long.parseLong(value.group(1)) : 0;
    }
}
