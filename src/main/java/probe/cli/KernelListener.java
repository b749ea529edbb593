package probe.cli;

import java.net.Socket;
import org.jspecify.annotations.Nullable;
import probe.attempt.Failure;
import probe.attempt.Via;
import probe.evidence.collect.KernelView;
import probe.prober.AttemptListener;

/** Asks the kernel about a connection that has failed, before its socket is closed; about no other. */
final class KernelListener implements AttemptListener {

    @Override
    public @Nullable Long failing(Via via, Socket socket, Failure failure) {
        return socket.isConnected() ? KernelView.system().acknowledged(socket) : null;
    }
}
