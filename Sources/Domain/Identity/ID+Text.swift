extension ID: LosslessStringConvertible {
    /// Reads the canonical form of a UUID: 36 characters, hyphens at 8-13-18-23, hexadecimal digits of either case (RFC 9562 4).
    ///
    /// - Returns: nil for anything else; no braces, no `urn:uuid:`, no missing hyphens.
    public init?(_ text: some StringProtocol) {
        var text = String(text)
        guard let halves = text.withUTF8(uuidHalves) else { return nil }
        self.init(high: halves.high, low: halves.low)
    }

    /// As ``init(_:)``, from the text's bytes.
    package init?(utf8 text: ArraySlice<UInt8>) {
        guard let halves = text.withUnsafeBufferPointer(uuidHalves) else { return nil }
        self.init(high: halves.high, low: halves.low)
    }

    /// The canonical lower-case form.
    public var description: String {
        String(unsafeUninitializedCapacity: Self.textLength) { write(to: $0) }
    }

    /// The bytes of ``description``.
    package static var textLength: Int { 36 }

    /// Writes the ASCII text of ``description``.
    ///
    /// - Parameter buffer: ``textLength`` bytes at least.
    /// - Returns: ``textLength``.
    package func write(to buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
        writeUUID(high: high, low: low, to: buffer)
    }
}

extension ID: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = ID(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a UUID")
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension ID: CodingKeyRepresentable {
    public var codingKey: any CodingKey { TextCodingKey(description) }

    public init?(codingKey: some CodingKey) {
        self.init(codingKey.stringValue)
    }
}

/// A coding key that is just a text: lets dictionaries keyed by an ``ID`` encode as JSON objects.
struct TextCodingKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ text: String) {
        stringValue = text
    }

    init?(stringValue: String) {
        self.stringValue = stringValue
    }

    init?(intValue: Int) {
        nil
    }
}

// Not generic, because ids are read and written by the hundred for each ticket, and a generic reader took a tenth of that time.

private func writeUUID(high: UInt64, low: UInt64, to buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
    var position = 0
    for index in 0..<32 {
        if index == 8 || index == 12 || index == 16 || index == 20 {
            buffer[position] = UInt8(ascii: "-")
            position += 1
        }
        let half = index < 16 ? high : low
        let nibble = UInt8(truncatingIfNeeded: half >> UInt64(60 - (index % 16) * 4)) & 0xF
        buffer[position] = nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
        position += 1
    }
    return position
}

private func uuidHalves(of bytes: UnsafeBufferPointer<UInt8>) -> (high: UInt64, low: UInt64)? {
    guard bytes.count == 36 else { return nil }
    var halves: (high: UInt64, low: UInt64) = (0, 0)
    var digits = 0
    for (offset, byte) in bytes.enumerated() {
        if offset == 8 || offset == 13 || offset == 18 || offset == 23 {
            guard byte == UInt8(ascii: "-") else { return nil }
            continue
        }
        guard let value = hexadecimalValue(of: byte) else { return nil }
        if digits < 16 {
            halves.high = halves.high << 4 | UInt64(value)
        } else {
            halves.low = halves.low << 4 | UInt64(value)
        }
        digits += 1
    }
    return halves
}

private func hexadecimalValue(of byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
}
