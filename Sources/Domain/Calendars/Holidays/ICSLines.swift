/// The content lines of an iCalendar file: folded lines joined again, byte by byte, for a fold may part a character (RFC 5545 3.1).
struct ICSLines: Sequence, IteratorProtocol {
    private let bytes: [UInt8]
    private var position = 0
    private var number = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    }

    /// The next line that is not empty, and the number of its first part.
    mutating func next() -> (bytes: [UInt8], number: Int)? {
        while let first = physicalLine() {
            let start = number
            var line = Array(first)
            while position < bytes.count, bytes[position] == UInt8(ascii: " ") || bytes[position] == UInt8(ascii: "\t"), let more = physicalLine() {
                line += more.dropFirst()
            }
            if !line.isEmpty { return (line, start) }
        }
        return nil
    }

    /// One line of the file; lines end in CRLF, or in LF alone as many programs write them.
    private mutating func physicalLine() -> ArraySlice<UInt8>? {
        guard position < bytes.count else { return nil }
        number += 1
        let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        var line = bytes[position..<end]
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        position = Swift.min(end + 1, bytes.count)
        return line
    }
}
