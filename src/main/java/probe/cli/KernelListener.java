package probe.cli;

import java.net.InetSocketAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;
import probe.attempt.Failure;
import probe.attempt.Via;
import probe.evidence.collect.Gatherer;
import probe.prober.AttemptListener;

/** Hands what the prober says of its sockets on to the collectors, which know nothing of a prober. */
record KernelListener(Gatherer gatherer) implements AttemptListener {

    @Override
    public void connecting(Via via, Socket socket, InetSocketAddress remote) {
        gatherer.connecting(via, socket, remote);
    }

    @Override
    public void connected(Via via, Socket socket) {
        gatherer.connected(via, socket);
    }

    @Override
    public @Nullable Long failing(Via via, Socket socket, Failure failure) {
        return gatherer.failing(via, socket, failure);
    }
}
