import Glibc

/// Standard input or output failed.
struct LineIOError: Error, CustomStringConvertible {
    let operation: String
    /// The value of `errno`.
    let code: Int32

    /// Whether nobody reads the output any more. Input cannot fail by this.
    var isReaderGone: Bool { code == EPIPE }

    // glibc's strerror has been safe to call from several threads since 2.32.
    var description: String { "\(operation) failed: \(String(cString: strerror(code)))" }
}
