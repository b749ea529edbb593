package probe.cli;

import java.net.InetSocketAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;
import probe.attempt.Failure;
import probe.attempt.Via;
import probe.evidence.collect.Gatherer;
import probe.prober.AttemptListener;
import probe.prober.LastWords;
import probe.target.Target;

/**
 * Hands what the prober says of its sockets on to the collectors, which know nothing of a prober, and to the narrator.
 *
 * @param target whose attempts they are
 */
record KernelListener(Target target, Gatherer gatherer, Narrator narrator)
        implements AttemptListener {

    @Override
    public void redirected(Target to) {
        gatherer.asking(to);
    }

    @Override
    public void resolving(String host) {
        gatherer.resolving(host);
    }

    @Override
    public void resolved() {
        gatherer.resolved();
    }

    @Override
    public void connecting(Via via, Socket socket, InetSocketAddress remote) {
        narrator.connecting(target, via, remote);
        gatherer.connecting(via, socket, remote);
    }

    @Override
    public void connected(Via via, Socket socket) {
        narrator.connected(target, via);
        gatherer.connected(via, socket);
    }

    @Override
    public void writing(Via via, Socket socket) {
        narrator.writing(target, via);
    }

    @Override
    public @Nullable Long failing(Via via, Socket socket, Failure failure, LastWords lastWords) {
        narrator.failing(target, via, failure);
        return gatherer.failing(via, socket, failure, lastWords::bytes);
    }
}
