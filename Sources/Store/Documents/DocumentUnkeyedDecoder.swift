/// Reads the elements of an array, in order.
struct DocumentUnkeyedDecoder: UnkeyedDecodingContainer {
    let tape: DocumentTape
    private let end: Int
    private var position: Int
    private(set) var currentIndex = 0
    var codingPath: [any CodingKey] { [] }

    init(tape: DocumentTape, index: Int) {
        self.tape = tape
        end = tape.nodes[index].next
        position = index + 1
    }

    var count: Int? {
        var count = currentIndex
        var next = position
        while next < end {
            count += 1
            next = tape.nodes[next].next
        }
        return count
    }

    var isAtEnd: Bool { position >= end }

    private func current() throws -> DocumentDecoder {
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(Any.self, DecodingError.Context(codingPath: [], debugDescription: "an element is missing"))
        }
        return DocumentDecoder(tape: tape, index: position)
    }

    private mutating func step() {
        position = tape.nodes[position].next
        currentIndex += 1
    }

    mutating func decodeNil() throws -> Bool {
        let isNull = try current().isNull
        if isNull { step() }
        return isNull
    }

    /// Also for the simple types: they read themselves as single values.
    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let value = try Value(from: try current())
        step()
        return value
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws -> KeyedDecodingContainer<Nested> {
        let container = try current().container(keyedBy: type)
        step()
        return container
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        let container = try current().unkeyedContainer()
        step()
        return container
    }

    mutating func superDecoder() throws -> any Decoder {
        let decoder = try current()
        step()
        return decoder
    }
}
