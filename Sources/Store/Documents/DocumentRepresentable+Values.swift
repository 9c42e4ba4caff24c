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
        guard case .number = value.node.kind, let text = value.tape.text(of: value.node), let number = Int64(text) else {
            throw DecodeError("not a whole number in range")
        }
        self = number
    }

    func write(to writer: inout DocumentWriter) { writer.number(Int64(self)) }
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

    func write(to writer: inout DocumentWriter) { writer.text(description) }
}

extension ID: DocumentRepresentable {
    init(document value: DocumentValue) throws(DecodeError) {
        guard let id = ID(try value.text()) else { throw DecodeError("not a UUID") }
        self = id
    }

    func write(to writer: inout DocumentWriter) { writer.text(description) }
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
