import Domain
import Postgres

extension String: DocumentRepresentable {
    init(document value: DocumentValue) throws(DecodeError) {
        self = try value.text()
    }

    func write(to writer: inout DocumentWriter) { writer.text(self) }
}

extension Bool: DocumentRepresentable {
    init(document value: DocumentValue) throws(DecodeError) {
        switch value.node.kind {
        case .yes: self = true
        case .no: self = false
        default: throw DecodeError("not a boolean")
        }
    }

    func write(to writer: inout DocumentWriter) { writer.flag(self) }
}

extension Int64: DocumentRepresentable {
    init(document value: DocumentValue) throws(DecodeError) {
        guard case .number = value.node.kind, let digits = value.plainBytes(), let number = Int64(digits: digits) else {
            throw DecodeError("not a whole number in range")
        }
        self = number
    }

    func write(to writer: inout DocumentWriter) { writer.number(self) }

    /// An optional minus and digits, and nothing else.
    private init?(digits: ArraySlice<UInt8>) {
        let isNegative = digits.first == UInt8(ascii: "-")
        let magnitude = isNegative ? digits.dropFirst() : digits
        guard !magnitude.isEmpty else { return nil }
        var number: Int64 = 0
        for byte in magnitude {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            let digit = Int64(byte - UInt8(ascii: "0"))
            // Downwards, because the least number has no positive counterpart.
            let (product, isTooLarge) = number.multipliedReportingOverflow(by: 10)
            let (next, isOver) = product.subtractingReportingOverflow(digit)
            guard !isTooLarge, !isOver else { return nil }
            number = next
        }
        guard isNegative || number != .min else { return nil }
        self = isNegative ? number : -number
    }
}

extension Int: DocumentRepresentable {
    init(document value: DocumentValue) throws(DecodeError) {
        guard let number = Int(exactly: try Int64(document: value)) else { throw DecodeError("not a whole number in range") }
        self = number
    }

    func write(to writer: inout DocumentWriter) { writer.number(Int64(self)) }
}

extension Array: DocumentReadable where Element: DocumentReadable {
    init(document value: DocumentValue) throws(DecodeError) {
        self = try value.elements(Element.self)
    }
}

extension Array: DocumentWritable where Element: DocumentWritable {
    func write(to writer: inout DocumentWriter) { writer.list(self) }
}

extension Timestamp: DocumentRepresentable {
    init(document value: DocumentValue) throws(DecodeError) {
        guard case .string = value.node.kind, let bytes = value.plainBytes(), let time = Timestamp(utf8: bytes) else {
            throw DecodeError("not an RFC 3339 date and time")
        }
        self = time
    }

    func write(to writer: inout DocumentWriter) { writer.plainText(upTo: Self.maximumTextLength) { write(to: $0) } }
}

extension ID: DocumentRepresentable {
    init(document value: DocumentValue) throws(DecodeError) {
        guard case .string = value.node.kind else { throw DecodeError("not a text") }
        guard let bytes = value.plainBytes(), let id = ID(utf8: bytes) else { throw DecodeError("not a UUID") }
        self = id
    }

    func write(to writer: inout DocumentWriter) { writer.plainText(upTo: Self.textLength) { write(to: $0) } }
}

/// Enumerations whose codes are texts.
extension DocumentReadable where Self: RawRepresentable<String> {
    init(document value: DocumentValue) throws(DecodeError) {
        guard let code = Self(rawValue: try value.text()) else { throw DecodeError("not a \(Self.self)") }
        self = code
    }
}

extension DocumentWritable where Self: RawRepresentable<String> {
    func write(to writer: inout DocumentWriter) { writer.text(rawValue) }
}

/// Enumerations whose codes are small numbers.
extension DocumentReadable where Self: RawRepresentable<Int> {
    init(document value: DocumentValue) throws(DecodeError) {
        guard let code = Self(rawValue: try Int(document: value)) else { throw DecodeError("not a \(Self.self)") }
        self = code
    }
}

extension DocumentWritable where Self: RawRepresentable<Int> {
    func write(to writer: inout DocumentWriter) { writer.number(Int64(rawValue)) }
}
