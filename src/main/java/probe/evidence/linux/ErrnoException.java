package probe.evidence.linux;

import java.io.IOException;

/** A system call that the kernel refused. */
public final class ErrnoException extends IOException {
    private static final long serialVersionUID = 1L;
    private final int errno;

    ErrnoException(String call, int errno) {
        super(call + ": errno " + errno);
        this.errno = errno;
    }

    /** The error number, from {@code asm-generic/errno.h}. */
    public int errno() {
        return errno;
    }
}
