package org.anticall.gateway.control;

import java.util.Locale;
import java.util.function.Consumer;
import org.anticall.gateway.path.PathCounters;
import org.anticall.gateway.path.Strain;
import org.anticall.gateway.sip.Method;
import org.anticall.gateway.sip.SipFault;
import org.anticall.gateway.transport.TransportCounters;
import org.anticall.rules.call.Verdict;

/** What went through the sockets and along the path of calls. */
final class PathMetrics implements Consumer<Families> {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final int LOWEST_CLASS = 1;
    private static final int HIGHEST_CLASS = 6;

    private final PathCounters path;
    private final TransportCounters transport;

    PathMetrics(PathCounters path, TransportCounters transport) {
        this.path = path;
        this.transport = transport;
    }

    @Override
    public void accept(Families families) {
        transport(families);
        messages(families);
        calls(families);
        strains(families);
    }

    private void transport(Families families) {
        families.counter("anticall_datagrams_received", "Messages received, on streams too.")
                .add(transport.received.sum());
        families.counter("anticall_datagrams_sent", "Messages sent, on streams too.")
                .add(transport.sent.sum());
        families.counter("anticall_datagrams_dropped", "Messages dropped unread, by reason.")
                .add(transport.strangers.sum(), "reason", "stranger")
                .add(transport.oversize.sum(), "reason", "oversize")
                .add(transport.keepAlives.sum(), "reason", "keep_alive")
                .add(path.handOversDropped.sum(), "reason", "other_loop_full");
        families.counter("anticall_connections", "Streams (TCP, TLS) by what became of them.")
                .add(transport.connectionsAccepted.sum(), "event", "accepted")
                .add(transport.connectionsMade.sum(), "event", "made")
                .add(transport.connectFailures.sum(), "event", "failed")
                .add(transport.connectionsRefused.sum(), "event", "refused")
                .add(transport.tlsFailures.sum(), "event", "tls_failed")
                .add(transport.idleConnections.sum(), "event", "idle")
                .add(transport.slowSenders.sum(), "event", "slow_sender")
                .add(transport.slowReaders.sum(), "event", "slow_reader")
                .add(transport.framingFaults.sum(), "event", "unframed");
        families.gauge("anticall_connections_open", "Streams there are, those being made included.")
                .add(transport.openTcp.sum(), "transport", "tcp")
                .add(transport.openTls.sum(), "transport", "tls");
        families.counter("anticall_stream_messages_lost", "Messages whose stream was gone or could not be made.")
                .add(transport.unsent.sum());
        families.counter("anticall_socket_errors", "Errors the machine reported for a socket.")
                .add(transport.socketErrors.sum());
    }

    private void strains(Families families) {
        Families.Family strains = families.counter(
                "anticall_limits_reached", "Calls not admitted, or messages not read, by the limit that was reached.");
        for (Strain strain : Strain.values()) {
            strains.add(path.strains(strain), "limit", label(strain));
        }
    }

    private void messages(Families families) {
        Families.Family requests = families.counter("anticall_sip_requests", "Requests received by method.");
        for (Method method : Method.values()) {
            requests.add(path.requests(method), "method", label(method));
        }
        Families.Family responses = families.counter("anticall_sip_responses", "Responses by class and direction.");
        for (int statusClass = LOWEST_CLASS; statusClass <= HIGHEST_CLASS; statusClass++) {
            String label = statusClass + "xx";
            responses.add(path.responses(statusClass), "class", label, "direction", "received");
            responses.add(path.replies(statusClass), "class", label, "direction", "made");
        }
        Families.Family faults = families.counter("anticall_sip_malformed", "Messages dropped or refused, by fault.");
        for (SipFault fault : SipFault.values()) {
            faults.add(path.faults(fault), "fault", label(fault));
        }
        families.counter("anticall_sip_retransmissions", "Messages sent again: by others, absorbed; by the gateway.")
                .add(path.retransmissionsAbsorbed.sum(), "direction", "absorbed")
                .add(path.retransmissionsSent.sum(), "direction", "sent");
        families.counter("anticall_sip_stray_responses", "Responses that belong to nothing.")
                .add(path.strayResponses.sum());
        families.counter("anticall_sip_stateless", "Messages in dialogs, forwarded without memory.")
                .add(path.stateless.sum());
        families.counter("anticall_sip_scanner_requests", "Requests of SIP scanners, dropped without an answer.")
                .add(path.scanners.sum());
        families.counter("anticall_message_failures", "Messages whose handling threw something.")
                .add(path.failures.sum());
    }

    private void calls(Families families) {
        families.counter("anticall_calls", "New calls.").add(path.calls.sum());
        families.gauge("anticall_transactions_open", "Calls whose transaction is open.")
                .add(path.openTransactions());
        families.gauge("anticall_calls_answered", "Answered calls whose end has not been seen yet.")
                .add(path.answeredCalls());
        families.gauge(
                        "anticall_loop_longest_turn_seconds",
                        "Longest time the event loop let its timer wait, last minute.")
                .add(path.longestTurnNanos() / NANOS_PER_SECOND);
        families.counter("anticall_listener_failures", "Times a listener to calls threw something.")
                .add(path.listenerFailures.sum());
        families.gauge("anticall_calls_in_setup", "Calls without a final response yet.")
                .add(path.callsInSetup());
        families.counter("anticall_overload_calls", "Calls above the limits, by what happened to them.")
                .add(path.overloadPassed.sum(), "outcome", "passed")
                .add(path.overloadRefused.sum(), "outcome", "refused");
        families.counter("anticall_hop_timeouts", "Legs to which nobody answered in time.")
                .add(path.hopTimeouts.sum());
        families.counter("anticall_desk_released", "Diverted calls the desk let go on to the callee.")
                .add(path.released.sum());
        families.counter("anticall_desk_placed", "Calls the desk placed, by what became of their token.")
                .add(path.deskCallsPlaced(), "outcome", "passed")
                .add(path.deskCallsRefused(), "outcome", "refused");
        Families.Family ladder =
                families.counter("anticall_desk_ladder", "Diverted calls the desk did not take, by what followed.");
        for (Verdict.LadderStep step : Verdict.LadderStep.values()) {
            ladder.add(path.ladderSteps(step), "step", label(step));
        }
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
