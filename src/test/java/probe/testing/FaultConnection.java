package probe.testing;

import java.io.IOException;
import java.util.List;
import probe.testing.EffectRunner.Next;

/** One connection of a {@link FaultServer}: its exchanges, one after the other, until one ends the connection. */
final class FaultConnection {
    private static final Payload CONTINUE = Payload.latin1("HTTP/1.1 100 Continue\r\n\r\n");

    private static final Reply NO_REPLY = Reply.raw(Payload.EMPTY);

    private final FaultServer.Settings settings;
    private final Wire wire;
    private final ConnectionLog log;
    private final EffectRunner effects;

    FaultConnection(FaultServer.Settings settings, Wire wire, ConnectionLog log,
            ServerThreads threads) {
        this.settings = settings;
        this.wire = wire;
        this.log = log;
        this.effects = new EffectRunner(wire, threads);
    }

    /** The last fault of {@code script} holds for all exchanges after it too. */
    void run(List<Fault> script) throws IOException, InterruptedException {
        Fault first = script.getFirst();
        if (first.moment().isBelowTls()) {
            belowTls(first);
            return;
        }
        if (settings.tls().isPresent()) {
            wire.handshake(settings.tls().get());
        }
        wire.write(settings.greeting());
        int exchange = 0;
        while (exchange(script.get(Math.min(exchange, script.size() - 1))) == Next.EXCHANGE) {
            exchange++;
        }
    }

    private void belowTls(Fault fault) throws IOException, InterruptedException {
        Outgoing outgoing = new Outgoing(wire, replyBelowTls(fault));
        if (fault.moment() == Moment.MID_HANDSHAKE) {
            outgoing.halfOfHead();
        }
        if (effects.run(fault.effect(), outgoing) == Next.EXCHANGE) {
            wire.drain();
        }
    }

    /** On accept the server can only be speaking plaintext; later it would send its first flight. */
    private Reply replyBelowTls(Fault fault) throws IOException {
        if (fault.moment() == Moment.ON_ACCEPT) {
            return nextReply(fault);
        }
        ServerTls tls = settings.tls()
                .orElseThrow(() -> new IllegalArgumentException("needs TLS: " + fault));
        Payload hello = wire.readTlsRecord();
        // Only computed where it is sent: a keyless server could not.
        return fault.sendsReply() ? Reply.raw(tls.firstFlight(hello)) : NO_REPLY;
    }

    /** A fault that sends nothing of a reply leaves it to the next exchange. */
    private Reply nextReply(Fault fault) {
        return fault.sendsReply() ? settings.replies().next() : NO_REPLY;
    }

    private Next exchange(Fault fault) throws IOException, InterruptedException {
        RequestReader request = new RequestReader(wire, settings.framing());
        readUntil(fault, request);
        Outgoing outgoing = new Outgoing(wire, nextReply(fault));
        if (fault.moment() == Moment.MID_HEAD) {
            outgoing.halfOfHead();
        }
        if (fault.moment() == Moment.MID_BODY) {
            outgoing.headAndHalfOfBody();
        }
        Next next = effects.run(fault.effect(), outgoing);
        if (next == Next.EXCHANGE && fault.moment().compareTo(Moment.AFTER_REQUEST) < 0) {
            readRest(request);
        }
        return next;
    }

    private void readUntil(Fault fault, RequestReader request) throws IOException {
        switch (fault.moment()) {
            case ON_ACCEPT, ON_CLIENT_HELLO, MID_HANDSHAKE -> throw new IllegalArgumentException(
                    "only possible in the first exchange: " + fault);
            case BEFORE_REQUEST -> {}
            case AFTER_FIRST_BYTE -> request.readFirstByte();
            case AFTER_REQUEST_HEAD -> request.readHead();
            case AFTER_REQUEST, MID_HEAD, MID_BODY -> {
                request.readHead();
                if (request.expectsContinue()
                        && settings.continueReply() == FaultServer.ContinueReply.SEND) {
                    wire.write(CONTINUE);
                }
                readRest(request);
            }
        }
    }

    private void readRest(RequestReader request) throws IOException {
        request.readBody();
        log.completed(request.request());
    }
}
