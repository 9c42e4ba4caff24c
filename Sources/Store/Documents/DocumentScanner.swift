import Postgres

/// Takes a JSON text apart. The texts are PostgreSQL's, which checked them: what is looked at here is what reading them needs.
struct DocumentScanner {
    static let maximumDepth = 100

    private let bytes: [UInt8]
    private var position = 0
    private(set) var nodes: [DocumentTape.Node] = []

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        nodes.reserveCapacity(bytes.count / 8)
    }

    mutating func scan() throws(DecodeError) {
        try value(depth: 0)
        skipSpace()
        guard position == bytes.count else { throw Self.malformed }
    }

    private static let malformed = DecodeError("a document that is not JSON")

    private mutating func value(depth: Int) throws(DecodeError) {
        guard depth < Self.maximumDepth else { throw DecodeError("a document that is too deep") }
        skipSpace()
        guard position < bytes.count else { throw Self.malformed }
        switch bytes[position] {
        case UInt8(ascii: "{"): try container(.object, end: UInt8(ascii: "}"), depth: depth)
        case UInt8(ascii: "["): try container(.array, end: UInt8(ascii: "]"), depth: depth)
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "t"): try word(.yes, length: 4)
        case UInt8(ascii: "f"): try word(.no, length: 5)
        case UInt8(ascii: "n"): try word(.null, length: 4)
        default: try number()
        }
    }

    private mutating func container(_ kind: DocumentTape.Kind, end: UInt8, depth: Int) throws(DecodeError) {
        let index = nodes.count
        nodes.append(DocumentTape.Node(kind: kind, start: position, end: position, next: index))
        position += 1
        skipSpace()
        var isFirst = true
        while position < bytes.count, bytes[position] != end {
            if !isFirst { try take(UInt8(ascii: ",")) }
            isFirst = false
            if case .object = kind {
                skipSpace()
                try string()
                skipSpace()
                try take(UInt8(ascii: ":"))
            }
            try value(depth: depth + 1)
            skipSpace()
        }
        try take(end)
        nodes[index].end = position
        nodes[index].next = nodes.count
    }

    private mutating func string() throws(DecodeError) {
        try take(UInt8(ascii: "\""))
        let start = position
        var isEscaped = false
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            if bytes[position] == UInt8(ascii: "\\") {
                isEscaped = true
                position += 1
            }
            position += 1
        }
        let end = position
        try take(UInt8(ascii: "\""))
        add(.string(isEscaped: isEscaped), from: start, to: end)
    }

    private mutating func word(_ kind: DocumentTape.Kind, length: Int) throws(DecodeError) {
        guard position + length <= bytes.count else { throw Self.malformed }
        add(kind, from: position, to: position + length)
        position += length
    }

    private mutating func number() throws(DecodeError) {
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

    private mutating func take(_ byte: UInt8) throws(DecodeError) {
        guard position < bytes.count, bytes[position] == byte else { throw Self.malformed }
        position += 1
    }

    private mutating func skipSpace() {
        while position < bytes.count, bytes[position] == 0x20 || (0x09...0x0D).contains(bytes[position]) { position += 1 }
    }
}
