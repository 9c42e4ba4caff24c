/// What a load needs to know of an answer. Read from the bytes as they are: the generator shares the machine with the server that it measures.
struct HTTPAnswerHead {
    let status: Int
    /// Bytes of the whole answer, its body included.
    let length: Int

    /// nil while the end of the head is not here yet.
    init?(_ bytes: UnsafeRawBufferPointer) {
        // "HTTP/1.1 201 Created"
        status = HTTPAnswerHead.number(bytes.dropFirst(9))
        var contentLength = 0
        var start = 0
        for index in bytes.indices where bytes[index] == UInt8(ascii: "\n") {
            // The empty line, with its CR.
            if index == start + 1 {
                length = index + 1 + contentLength
                return
            }
            contentLength = HTTPAnswerHead.contentLength(bytes[start..<index]) ?? contentLength
            start = index + 1
        }
        return nil
    }

    private static func contentLength(_ line: Slice<UnsafeRawBufferPointer>) -> Int? {
        let name: StaticString = "content-length: "
        guard line.count > name.utf8CodeUnitCount else { return nil }
        for offset in 0..<name.utf8CodeUnitCount where line[line.startIndex + offset] | 0x20 != name.utf8Start[offset] | 0x20 { return nil }
        return number(line.dropFirst(name.utf8CodeUnitCount))
    }

    private static func number(_ digits: Slice<UnsafeRawBufferPointer>) -> Int {
        digits.prefix { (0x30...0x39).contains($0) }.prefix(9).reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}
