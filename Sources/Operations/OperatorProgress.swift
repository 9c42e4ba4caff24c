import Glibc

/// How far a long command is, on stderr: one line redrawn on a terminal, nothing elsewhere, where its result says it all.
enum OperatorProgress {
    static func show(_ text: String) {
        write("\r\u{1B}[K\(text)")
    }

    /// Takes the line away, so that the result stands alone.
    static func clear() {
        write("\r\u{1B}[K")
    }

    private static func write(_ line: String) {
        guard isatty(STDERR_FILENO) == 1 else { return }
        let bytes = Array(line.utf8)
        _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
    }
}
