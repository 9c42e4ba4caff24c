import Domain
import Postgres

extension RowView {
    /// Reads a text code of the database as the Domain's enumeration.
    func code<Code: RawRepresentable<String>>(_ type: Code.Type, at column: Int) throws(DecodeError) -> Code {
        let text = try decode(String.self, at: column)
        guard let code = Code(rawValue: text) else { throw DecodeError("an unknown \(Code.self)", column: column) }
        return code
    }
}

extension ColumnReader {
    mutating func nextCode<Code: RawRepresentable<String>>(_ type: Code.Type = Code.self) throws(DecodeError) -> Code {
        let text = try next(String.self)
        guard let code = Code(rawValue: text) else { throw DecodeError("an unknown \(Code.self)") }
        return code
    }

    mutating func nextCodes<Code: RawRepresentable<String>>(_ type: Code.Type = Code.self) throws(DecodeError) -> [Code] {
        var codes: [Code] = []
        for text in try nextArray(String.self) {
            guard let code = Code(rawValue: text) else { throw DecodeError("an unknown \(Code.self)") }
            codes.append(code)
        }
        return codes
    }

    /// Reads a `smallint` as the Domain's enumeration of small numbers.
    mutating func nextNumber<Number: RawRepresentable<Int>>(_ type: Number.Type = Number.self) throws(DecodeError) -> Number {
        guard let number = Number(rawValue: Int(try next(Int16.self))) else { throw DecodeError("an unknown \(Number.self)") }
        return number
    }

    mutating func nextOptionalNumber<Number: RawRepresentable<Int>>(_ type: Number.Type = Number.self) throws(DecodeError) -> Number? {
        guard let value = try nextOptional(Int16.self) else { return nil }
        guard let number = Number(rawValue: Int(value)) else { throw DecodeError("an unknown \(Number.self)") }
        return number
    }
}
