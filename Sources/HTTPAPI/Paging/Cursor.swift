/// Where a page ended: the sort key of its last row, the id last (api.md 5).
public struct Cursor: Hashable, Sendable {
    public var keys: [CursorKey]

    public init(_ keys: [CursorKey]) {
        self.keys = keys
    }
}

extension Cursor {
    /// A compact form: per key a mark and its bytes.
    func encode(into bytes: inout [UInt8]) {
        for key in keys {
            switch key {
            case .null:
                bytes.append(0)
            case .integer(let value):
                bytes.append(1)
                bytes.append(bigEndian: UInt64(bitPattern: value))
            case .uuid(let high, let low):
                bytes.append(2)
                bytes.append(bigEndian: high)
                bytes.append(bigEndian: low)
            case .text(let text):
                // A sort key of more than 1,024 bytes would make a cursor that no address can carry.
                let utf8 = Array(text.utf8.prefix(1_024))
                bytes.append(3)
                bytes.append(bigEndian: UInt64(utf8.count))
                bytes.append(contentsOf: utf8)
            }
        }
    }

    /// - Returns: nil for anything but the form that ``encode(into:)`` writes.
    init?(decoding bytes: ArraySlice<UInt8>) {
        var rest = bytes
        var keys: [CursorKey] = []
        while let mark = rest.popFirst() {
            switch mark {
            case 0:
                keys.append(.null)
            case 1:
                guard let value = rest.takeBigEndian() else { return nil }
                keys.append(.integer(Int64(bitPattern: value)))
            case 2:
                guard let high = rest.takeBigEndian(), let low = rest.takeBigEndian() else { return nil }
                keys.append(.uuid(high: high, low: low))
            case 3:
                guard let count = rest.takeBigEndian(), count <= 1_024, rest.count >= Int(count) else { return nil }
                keys.append(.text(String(decoding: rest.prefix(Int(count)), as: UTF8.self)))
                rest.removeFirst(Int(count))
            default:
                return nil
            }
        }
        self.init(keys)
    }
}

extension [UInt8] {
    mutating func append(bigEndian value: UInt64) {
        for shift in stride(from: 56, through: 0, by: -8) {
            append(UInt8(truncatingIfNeeded: value >> UInt64(shift)))
        }
    }
}

extension ArraySlice<UInt8> {
    mutating func takeBigEndian() -> UInt64? {
        guard count >= 8 else { return nil }
        var value: UInt64 = 0
        for byte in prefix(8) {
            value = value << 8 | UInt64(byte)
        }
        removeFirst(8)
        return value
    }
}
