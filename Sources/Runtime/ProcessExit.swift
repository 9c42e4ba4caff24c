// `stdout` is a variable of the C library that nobody assigns.
@preconcurrency import Glibc

/// The end of every executable.
public enum ProcessExit {
    /// The status of a command whose reader has gone, as shells show it: 128 and the number of SIGPIPE.
    public static let readerGone = 128 + SIGPIPE

    /// Writes out what standard output still holds and ends the process at once. What could not be written is a failure: a key that nobody has seen, or half
    /// a document, must not look like a success. Where the reader has gone (`docket … | head`) the process ends in silence by SIGPIPE, as others do whom
    /// no library made ignore that signal.
    ///
    /// Without the destructors of libraries: a thread that a hanging server keeps inside libpq or OpenSSL would find their memory gone.
    public static func end(_ status: Int32) -> Never {
        let isWritten = fflush(stdout) == 0 && ferror(stdout) == 0
        fflush(nil)
        if status == readerGone || status == 0 && !isWritten && hasReaderGone() { endBySignal() }
        guard status == 0, !isWritten else { _exit(status) }
        let sentence = Array("docket: the output could not be written\n".utf8)
        write(STDERR_FILENO, sentence, sentence.count)
        _exit(1)
    }

    /// Whether nobody can read any more what is written to standard output. What a failed write said of it is forgotten by now.
    private static func hasReaderGone() -> Bool {
        var output = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
        return poll(&output, 1, 0) == 1 && output.revents & Int16(POLLERR | POLLHUP) != 0
    }

    private static func endBySignal() -> Never {
        signal(SIGPIPE, SIG_DFL)
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        raise(SIGPIPE)
        _exit(readerGone)
    }
}
