@preconcurrency import Glibc

/// The end of every executable.
public enum ProcessExit {
    /// Writes out what standard output still holds and ends the process at once. What could not be written is a failure: a key that nobody has seen, or half
    /// a document, must not look like a success.
    ///
    /// Without the destructors of libraries: a thread that a hanging server keeps inside libpq or OpenSSL would find their memory gone.
    public static func end(_ status: Int32) -> Never {
        let isWritten = fflush(stdout) == 0 && ferror(stdout) == 0
        fflush(nil)
        guard status == 0, !isWritten else { _exit(status) }
        let sentence = Array("docket: the output could not be written\n".utf8)
        write(STDERR_FILENO, sentence, sentence.count)
        _exit(1)
    }
}
