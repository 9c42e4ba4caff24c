/// Reads CSV records one by one (RFC 4180): commas, LF or CRLF, fields in quotation marks with `""` for one mark. A record that is wrong is
/// told as such, and reading goes on at the next line.
struct CSVReader: Sequence, IteratorProtocol {
    static let maximumRecordBytes = 65_536
    static let maximumFields = 256

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        // A byte order mark is no part of the first field.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// The next record; lines without a single character are passed over.
    mutating func next() -> CSVRecord? {
        while position < bytes.count, isLineEnd(at: position) { endLine() }
        guard position < bytes.count else { return nil }
        let start = position
        let firstLine = line
        do throws(CSVError) {
            return CSVRecord(line: firstLine, content: .fields(try fields(from: start)))
        } catch {
            // A quotation mark may have swallowed good lines: only the first line is lost.
            position = start
            line = firstLine
            while position < bytes.count, !isLineEnd(at: position) { position += 1 }
            endLine()
            return CSVRecord(line: firstLine, content: .malformed(error))
        }
    }

    private mutating func fields(from start: Int) throws(CSVError) -> [String] {
        var fields: [String] = []
        while true {
            guard fields.count < CSVReader.maximumFields else { throw .tooManyFields(limit: CSVReader.maximumFields) }
            let isQuoted = position < bytes.count && bytes[position] == CSVReader.quote
            fields.append(isQuoted ? try quotedField(from: start) : try plainField(from: start))
            if position < bytes.count, bytes[position] == CSVReader.comma {
                position += 1
            } else {
                endLine()
                return fields
            }
        }
    }

    private mutating func plainField(from start: Int) throws(CSVError) -> String {
        let first = position
        while position < bytes.count, bytes[position] != CSVReader.comma, !isLineEnd(at: position) {
            guard bytes[position] != CSVReader.quote else { throw .quoteInsideField }
            try advance(from: start)
        }
        return try CSVReader.text(bytes[first..<position])
    }

    private mutating func quotedField(from start: Int) throws(CSVError) -> String {
        var value: [UInt8] = []
        position += 1
        while true {
            guard position < bytes.count else { throw .unterminatedQuote }
            let byte = bytes[position]
            if byte == CSVReader.quote {
                try advance(from: start)
                guard position < bytes.count, bytes[position] == CSVReader.quote else { break }
            } else if byte == CSVReader.lineFeed {
                line += 1
            }
            value.append(byte)
            try advance(from: start)
        }
        guard position == bytes.count || bytes[position] == CSVReader.comma || isLineEnd(at: position) else { throw .textAfterQuote }
        return try CSVReader.text(value[...])
    }

    private mutating func advance(from start: Int) throws(CSVError) {
        position += 1
        guard position - start <= CSVReader.maximumRecordBytes else { throw .tooLong(limit: CSVReader.maximumRecordBytes) }
    }

    private func isLineEnd(at index: Int) -> Bool {
        if bytes[index] == CSVReader.carriageReturn { return index + 1 < bytes.count && bytes[index + 1] == CSVReader.lineFeed }
        return bytes[index] == CSVReader.lineFeed
    }

    private mutating func endLine() {
        guard position < bytes.count else { return }
        position += bytes[position] == CSVReader.carriageReturn ? 2 : 1
        line += 1
    }

    private static func text(_ bytes: ArraySlice<UInt8>) throws(CSVError) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8 }
        return text
    }

    private static let quote = UInt8(ascii: "\"")
    private static let comma = UInt8(ascii: ",")
    private static let lineFeed: UInt8 = 0x0A
    private static let carriageReturn: UInt8 = 0x0D
}
