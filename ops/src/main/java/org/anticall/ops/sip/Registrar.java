package org.anticall.ops.sip;

import gov.nist.javax.sip.message.SIPRequest;
import java.net.InetAddress;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sip.InvalidArgumentException;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.address.SipURI;
import javax.sip.header.CSeqHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.header.ContactHeader;
import javax.sip.header.ExpiresHeader;
import javax.sip.header.ToHeader;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the registrations of operators' phones (RFC 3261 §10.3): one phone per user, the latest registration counts. A
 * registered phone is a seat with somebody at it.
 *
 * <p>Only addresses that may register are listened to, failed logins are limited per address and, there, per
 * user (so nobody elsewhere can lock an operator out), and a phone is
 * called only where its registration came from, whatever its Contact says. Owned by the desk's thread.
 */
final class Registrar {

    /** Hears which phones are there. */
    interface Listener {

        /** The phone can be called from now on; repeated at every refresh. */
        void arrived(String user);

        /** The phone cannot be called any more. */
        void left(String user);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int MAX_FAILURES_PER_USER = 5;
    private static final int MAX_FAILURES_PER_ADDRESS = 20;
    private static final Duration FAILURE_SPAN = Duration.ofMinutes(1);

    private final SipEndpoint endpoint;
    private final Collection<AddressRange> allowed;
    private final InstantSource clock;
    private final Listener listener;
    private final DigestLogin login;
    private final FailedLogins failuresOfUser;
    private final FailedLogins failuresOfAddress;
    private final Map<String, Phone> phones = new HashMap<>();

    Registrar(SipEndpoint endpoint, DeskSettings settings, InstantSource clock, Listener listener) {
        this.endpoint = endpoint;
        this.allowed = settings.phonesFrom();
        this.clock = clock;
        this.listener = listener;
        this.login = new DigestLogin(endpoint, settings.realm(), settings.passwords(), clock);
        this.failuresOfUser = new FailedLogins(MAX_FAILURES_PER_USER, FAILURE_SPAN, clock);
        this.failuresOfAddress = new FailedLogins(MAX_FAILURES_PER_ADDRESS, FAILURE_SPAN, clock);
    }

    /** The phone of {@code user} if it can be called now. */
    Optional<Phone> phone(String user) {
        return Optional.ofNullable(phones.get(user))
                .filter(phone -> clock.instant().isBefore(phone.expiresAt()));
    }

    /** When the next registration runs out; empty if none is there. */
    Optional<Instant> nextExpiry() {
        return phones.values().stream().map(Phone::expiresAt).min(Instant::compareTo);
    }

    /** Forgets phones whose registration has run out. */
    void expire() {
        Instant now = clock.instant();
        for (Phone phone : List.copyOf(phones.values())) {
            if (!now.isBefore(phone.expiresAt())) {
                forget(phone.user());
            }
        }
    }

    /** Answers a REGISTER. */
    void register(ServerTransaction transaction) throws SipException, ParseException {
        SIPRequest request = (SIPRequest) transaction.getRequest();
        InetAddress source = request.getRemoteAddress();
        String user = userOf(request);
        if (!AddressRange.anyContains(allowed, source) || user.isEmpty()) {
            endpoint.respond(transaction, Response.FORBIDDEN);
            return;
        }
        String address = source.getHostAddress();
        String userThere = user + "@" + address;
        if (failuresOfAddress.holdsBack(address) || failuresOfUser.holdsBack(userThere)) {
            endpoint.respond(transaction, Response.FORBIDDEN);
            return;
        }
        switch (login.judge(request, user)) {
            case CHALLENGE -> endpoint.respond(transaction, Response.UNAUTHORIZED, login.challenge(false));
            case STALE -> endpoint.respond(transaction, Response.UNAUTHORIZED, login.challenge(true));
            case REFUSED -> {
                failuresOfAddress.failed(address);
                failuresOfUser.failed(userThere);
                LOG.atWarn().addKeyValue("source", address).log("a phone showed a wrong password");
                endpoint.respond(transaction, Response.FORBIDDEN);
            }
            case ACCEPTED -> {
                failuresOfUser.succeeded(userThere);
                bind(transaction, request, user);
            }
        }
    }

    private void bind(ServerTransaction transaction, SIPRequest request, String user)
            throws SipException, ParseException {
        String callId = ((CallIdHeader) request.getHeader(CallIdHeader.NAME)).getCallId();
        long sequence = ((CSeqHeader) request.getHeader(CSeqHeader.NAME)).getSeqNumber();
        Phone before = phones.get(user);
        if (before != null && before.callId().equals(callId) && sequence <= before.sequence()) {
            endpoint.respond(transaction, Response.SERVER_INTERNAL_ERROR); // overtaken, RFC 3261 §10.3 step 7
            return;
        }
        ContactHeader contact = (ContactHeader) request.getHeader(ContactHeader.NAME);
        if (contact == null) {
            answer(transaction, before); // asks what is registered
            return;
        }
        Duration lifetime = lifetime(request, contact);
        if (contact.isWildCard() || lifetime.isZero()) {
            forget(user);
            endpoint.respond(transaction, Response.OK);
            return;
        }
        if (!(contact.getAddress().getURI() instanceof SipURI uri)) {
            endpoint.respond(transaction, Response.BAD_REQUEST);
            return;
        }
        Phone phone = new Phone(
                user,
                reachable(uri, request),
                (SipURI) uri.clone(),
                callId,
                sequence,
                clock.instant().plus(lifetime));
        phones.put(user, phone);
        answer(transaction, phone);
        listener.arrived(user);
    }

    /** Where the phone is called: its Contact, but never another host than the one it registered from. */
    private static SipURI reachable(SipURI contact, SIPRequest request) throws ParseException {
        SipURI target = (SipURI) contact.clone();
        String source = request.getRemoteAddress().getHostAddress();
        if (!source.equals(target.getHost())) {
            target.setHost(source);
            target.setPort(request.getRemotePort());
        }
        target.removeParameter("maddr");
        target.removeParameter("transport");
        return target;
    }

    /** The shortest the phone asks for, at most {@link #LONGEST}. */
    private static Duration lifetime(SIPRequest request, ContactHeader contact) {
        ExpiresHeader general = (ExpiresHeader) request.getHeader(ExpiresHeader.NAME);
        int seconds = contact.isWildCard() ? -1 : contact.getExpires();
        if (seconds < 0) {
            seconds = general == null ? (int) LONGEST.toSeconds() : general.getExpires();
        }
        return Duration.ofSeconds(Math.min(seconds, LONGEST.toSeconds()));
    }

    private void answer(ServerTransaction transaction, @Nullable Phone phone) throws SipException, ParseException {
        if (phone == null) {
            endpoint.respond(transaction, Response.OK);
            return;
        }
        ContactHeader told =
                endpoint.headers().createContactHeader(endpoint.addresses().createAddress(phone.told()));
        try {
            told.setExpires((int) Duration.between(clock.instant(), phone.expiresAt())
                    .plusMillis(999)
                    .toSeconds());
        } catch (InvalidArgumentException e) {
            throw new SipException("a registration lasts " + phone.expiresAt(), e);
        }
        endpoint.respond(transaction, Response.OK, told);
    }

    private void forget(String user) {
        if (phones.remove(user) != null) {
            listener.left(user);
        }
    }

    private static String userOf(SIPRequest request) {
        ToHeader to = (ToHeader) request.getHeader(ToHeader.NAME);
        return to.getAddress().getURI() instanceof SipURI uri && uri.getUser() != null ? uri.getUser() : "";
    }
}
