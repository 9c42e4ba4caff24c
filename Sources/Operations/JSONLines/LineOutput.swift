import Glibc

/// Bytes on their way to a file descriptor, written in blocks.
struct LineOutput: ~Copyable {
    private static let blockSize = 1 << 18

    private let descriptor: Int32
    private var bytes: [UInt8] = []

    init(descriptor: Int32) {
        self.descriptor = descriptor
        bytes.reserveCapacity(LineOutput.blockSize + 4_096)
    }

    /// Whether so much has gathered that it should be written.
    var isFull: Bool { bytes.count >= LineOutput.blockSize }

    mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    mutating func append(contentsOf other: some Sequence<UInt8>) {
        bytes.append(contentsOf: other)
    }

    /// Appends a number's decimal digits without making a string of them.
    mutating func append(_ number: Int64) {
        var magnitude = number.magnitude
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var first = digits.count
            repeat {
                first -= 1
                digits[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: magnitude % 10)
                magnitude /= 10
            } while magnitude > 0
            if number < 0 { bytes.append(UInt8(ascii: "-")) }
            bytes.append(contentsOf: digits[first...])
        }
    }

    /// Appends `{"error":"…"}` and the line's end.
    mutating func appendError(_ text: String) {
        append("{\"error\":\"")
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20:
                append("\\u00")
                for digit in [byte >> 4, byte & 0xF] {
                    bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
                }
            default: bytes.append(byte)
            }
        }
        append("\"}\n")
    }

    /// Writes what has gathered.
    mutating func flush() throws(LineIOError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress?.advanced(by: written), $0.count - written) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw LineIOError(operation: "writing the output", code: errno) }
            written += count
        }
        bytes.removeAll(keepingCapacity: true)
    }
}
