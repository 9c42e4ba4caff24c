import Postgres

/// Takes a JSON text apart. The texts are PostgreSQL's, which checked them: what is looked at here is what reading them needs. The text is handed down as a span,
/// whose bytes are read without counting who else holds them.
struct DocumentScanner {
    static let maximumDepth = 100

    private var position = 0
    private(set) var nodes: [DocumentTape.Node] = []

    mutating func scan(_ text: [UInt8]) throws(DecodeError) {
        nodes.reserveCapacity(text.count / 8)
        let bytes = text.span
        try value(bytes, depth: 0)
        skipSpace(bytes)
        guard position == bytes.count else { throw Self.malformed }
    }

    private static let malformed = DecodeError("a document that is not JSON")

    private mutating func value(_ bytes: Span<UInt8>, depth: Int) throws(DecodeError) {
        guard depth < Self.maximumDepth else { throw DecodeError("a document that is too deep") }
        skipSpace(bytes)
        guard position < bytes.count else { throw Self.malformed }
        switch bytes[position] {
        case UInt8(ascii: "{"): try container(bytes, .object, end: UInt8(ascii: "}"), depth: depth)
        case UInt8(ascii: "["): try container(bytes, .array, end: UInt8(ascii: "]"), depth: depth)
        case UInt8(ascii: "\""): try string(bytes)
        case UInt8(ascii: "t"): try word(bytes, .yes, length: 4)
        case UInt8(ascii: "f"): try word(bytes, .no, length: 5)
        case UInt8(ascii: "n"): try word(bytes, .null, length: 4)
        default: try number(bytes)
        }
    }

    private mutating func container(_ bytes: Span<UInt8>, _ kind: DocumentTape.Kind, end: UInt8, depth: Int) throws(DecodeError) {
        let index = nodes.count
        nodes.append(DocumentTape.Node(kind: kind, start: position, end: position, next: index))
        position += 1
        skipSpace(bytes)
        var isFirst = true
        while position < bytes.count, bytes[position] != end {
            if !isFirst { try take(UInt8(ascii: ","), of: bytes) }
            isFirst = false
            if case .object = kind {
                skipSpace(bytes)
                try string(bytes)
                skipSpace(bytes)
                try take(UInt8(ascii: ":"), of: bytes)
            }
            try value(bytes, depth: depth + 1)
            skipSpace(bytes)
        }
        try take(end, of: bytes)
        nodes[index].end = position
        nodes[index].next = nodes.count
    }

    private mutating func string(_ bytes: Span<UInt8>) throws(DecodeError) {
        try take(UInt8(ascii: "\""), of: bytes)
        let start = position
        var end = start
        var isEscaped = false
        while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
            if bytes[end] == UInt8(ascii: "\\") {
                isEscaped = true
                end += 1
            }
            end += 1
        }
        position = end
        try take(UInt8(ascii: "\""), of: bytes)
        add(.string(isEscaped: isEscaped), from: start, to: end)
    }

    private mutating func word(_ bytes: Span<UInt8>, _ kind: DocumentTape.Kind, length: Int) throws(DecodeError) {
        guard position + length <= bytes.count else { throw Self.malformed }
        add(kind, from: position, to: position + length)
        position += length
    }

    private mutating func number(_ bytes: Span<UInt8>) throws(DecodeError) {
        let start = position
        while position < bytes.count, Self.isNumberPart(bytes[position]) { position += 1 }
        guard position > start else { throw Self.malformed }
        add(.number, from: start, to: position)
    }

    private static func isNumberPart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }

    private mutating func add(_ kind: DocumentTape.Kind, from start: Int, to end: Int) {
        nodes.append(DocumentTape.Node(kind: kind, start: start, end: end, next: nodes.count + 1))
    }

    private mutating func take(_ byte: UInt8, of bytes: Span<UInt8>) throws(DecodeError) {
        guard position < bytes.count, bytes[position] == byte else { throw Self.malformed }
        position += 1
    }

    private mutating func skipSpace(_ bytes: Span<UInt8>) {
        while position < bytes.count, bytes[position] == 0x20 || (0x09...0x0D).contains(bytes[position]) { position += 1 }
    }
}
