/// PostgreSQL's binary format of a one-dimensional array: dimensions, null flag, element type, then (count, lower bound), then elements.
enum ArrayCodec {
    static func appendHeader(count: Int, hasNulls: Bool, element: PostgresType, to bytes: inout [UInt8]) {
        bytes.appendBigEndian(Int32(count == 0 ? 0 : 1))
        bytes.appendBigEndian(Int32(hasNulls ? 1 : 0))
        bytes.appendBigEndian(element.oid)
        if count > 0 {
            bytes.appendBigEndian(Int32(clamping: count))
            bytes.appendBigEndian(Int32(1))
        }
    }

    static func append<Element: PostgresEncodable>(_ value: Element, to bytes: inout [UInt8]) {
        let start = bytes.count
        bytes.appendBigEndian(Int32(0))
        value.encode(into: &bytes)
        let length = UInt32(truncatingIfNeeded: bytes.count - start - 4)
        for shift in 0..<4 {
            bytes[start + shift] = UInt8(truncatingIfNeeded: length >> UInt32(24 - 8 * shift))
        }
    }

    static func appendNull(to bytes: inout [UInt8]) {
        bytes.appendBigEndian(Int32(-1))
    }

    /// Reads each element, NULL as nil. Refuses more than one dimension, other element types, and lengths that do not add up.
    static func decode<Element: PostgresDecodable>(_ type: Element.Type, from bytes: UnsafeRawBufferPointer) throws(DecodeError) -> [Element?] {
        guard bytes.count >= 12 else { throw DecodeError("an array without its header") }
        let dimensions = bytes.bigEndian(Int32.self, at: 0)
        if dimensions == 0 { return [] }
        guard dimensions == 1, bytes.count >= 20 else { throw DecodeError("an array that has not one dimension") }
        guard Element.accepts(oid: bytes.bigEndian(UInt32.self, at: 8)) else { throw DecodeError("an array of another element type") }
        let count = Int(bytes.bigEndian(Int32.self, at: 12))
        var elements: [Element?] = []
        // A count is believed only as far as the bytes could hold it.
        guard count >= 0, count <= (bytes.count - 20) / 4 else { throw DecodeError("an array shorter than its count") }
        elements.reserveCapacity(count)
        var offset = 20
        for _ in 0..<count {
            guard bytes.count - offset >= 4 else { throw DecodeError("an array shorter than its count") }
            let length = Int(bytes.bigEndian(Int32.self, at: offset))
            offset += 4
            if length < 0 {
                elements.append(nil)
                continue
            }
            guard bytes.count - offset >= length else { throw DecodeError("an array element beyond the array's end") }
            elements.append(try Element(postgres: UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + length])))
            offset += length
        }
        guard offset == bytes.count else { throw DecodeError("bytes after the last array element") }
        return elements
    }
}
