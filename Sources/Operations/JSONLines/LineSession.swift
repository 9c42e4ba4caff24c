import Glibc

/// Reads lines, answers each in order: the frame of the `eval` commands.
///
/// Lines are answered as soon as they are read, answers written in blocks and before every wait for input, so that a program can talk to
/// the command line by line. A byte order mark before the first line is ignored. A line that is too long is answered with an error and skipped; blank lines are
/// skipped in silence, unless each line must have its answer.
struct LineSession {
    /// The longest line that is read, in bytes.
    let lineLimit: Int
    var input: Int32 = STDIN_FILENO
    var output: Int32 = STDOUT_FILENO
    /// Whether a blank line is a bad one: then each line in is one out.
    var refusesBlankLines = false

    /// Answers every line until the input ends.
    ///
    /// - Parameter answer: gets one line without its end, and writes its answer, if it has one, line end included.
    func run(_ answer: (UnsafeRawBufferPointer, inout LineOutput) -> Void) throws(LineIOError) {
        var out = LineOutput(descriptor: output)
        var buffer = [UInt8](repeating: 0, count: min(lineLimit, 1 << 18) + 1)
        var filled = 0
        var isSkipping = false
        var isFirst = true
        while true {
            try out.flush()
            let count = buffer.withUnsafeMutableBytes { read(input, $0.baseAddress?.advanced(by: filled), $0.count - filled) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw LineIOError(operation: "reading the input", code: errno) }
            guard count > 0 else { break }
            let searched = filled
            filled += count
            var lineStart = 0
            var searchStart = searched
            while let lineEnd = newline(in: buffer, searchStart..<filled) {
                if isSkipping {
                    isSkipping = false
                } else {
                    self.answer(buffer, lineStart + mark(in: buffer, lineEnd, isFirst)..<lineEnd, answer, &out)
                }
                isFirst = false
                if out.isFull { try out.flush() }
                lineStart = lineEnd + 1
                searchStart = lineStart
            }
            let rest = filled - lineStart
            if isSkipping {
                filled = 0
            } else if rest > lineLimit {
                appendTooLong(&out)
                isSkipping = true
                filled = 0
            } else {
                if lineStart > 0 { buffer.replaceSubrange(..<rest, with: buffer[lineStart..<filled]) }
                filled = rest
                if filled == buffer.count { buffer.append(contentsOf: repeatElement(0, count: min(filled, lineLimit + 1 - filled))) }
            }
        }
        // The last line may lack its end; a mark alone is none.
        let start = mark(in: buffer, filled, isFirst)
        if filled > start, !isSkipping { self.answer(buffer, start..<filled, answer, &out) }
        try out.flush()
    }

    /// How many bytes of the buffer are the byte order mark that some editors put before the first line; a parser may ignore it (RFC 8259, 8.1).
    private func mark(in buffer: [UInt8], _ end: Int, _ isFirst: Bool) -> Int {
        isFirst && buffer[..<end].starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    private func answer(
        _ buffer: [UInt8],
        _ range: Range<Int>,
        _ answer: (UnsafeRawBufferPointer, inout LineOutput) -> Void,
        _ out: inout LineOutput
    ) {
        guard range.count <= lineLimit else { return appendTooLong(&out) }
        buffer.withUnsafeBytes { bytes in
            let line = UnsafeRawBufferPointer(rebasing: bytes[range])
            if line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r") }) {
                if refusesBlankLines { out.appendError("the line is empty") }
                return
            }
            answer(line, &out)
        }
    }

    private func appendTooLong(_ out: inout LineOutput) {
        out.appendError("the line is longer than \(lineLimit) bytes")
    }

    private func newline(in buffer: [UInt8], _ range: Range<Int>) -> Int? {
        buffer.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, !range.isEmpty, let found = memchr(base + range.lowerBound, 0x0A, range.count) else { return nil }
            return UnsafeRawPointer(found) - base
        }
    }
}
