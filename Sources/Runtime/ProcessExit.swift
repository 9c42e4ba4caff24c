import Glibc

/// The end of every executable.
public enum ProcessExit {
    /// Writes out what standard output still holds and ends the process at once.
    ///
    /// Without the destructors of libraries: a thread that a hanging server keeps inside libpq or OpenSSL would find their memory gone.
    public static func end(_ status: Int32) -> Never {
        fflush(nil)
        _exit(status)
    }
}
