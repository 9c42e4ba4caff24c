import Postgres

/// Reads the members of an object, each once. Each is looked for from where the one before was found, so that who reads in the order of the writer finds every
/// member at once; any other order works too.
struct DocumentObject {
    private let tape: DocumentTape
    private let index: Int
    private var found = 0
    /// Where the next member is looked for first.
    private var place: Int

    init(_ value: DocumentValue) throws(DecodeError) {
        guard case .object = value.node.kind else { throw DecodeError("not an object") }
        tape = value.tape
        index = value.index
        place = value.index + 1
    }

    mutating func read<Value: DocumentReadable>(_ name: StaticString, as type: Value.Type = Value.self) throws(DecodeError) -> Value {
        guard let value = try readIfPresent(name, as: type) else { throw DecodeError("\(name): missing") }
        return value
    }

    /// nil where the member is missing or null.
    mutating func readIfPresent<Value: DocumentReadable>(_ name: StaticString, as type: Value.Type = Value.self) throws(DecodeError) -> Value? {
        guard let value = find(name) else { return nil }
        found += 1
        if value.isNull { return nil }
        do {
            return try Value(document: value)
        } catch {
            throw DecodeError("\(name): \(error.message)")
        }
    }

    /// A number that counts something, and fits the `integer` columns of the rows beside the document.
    mutating func readCount(_ name: StaticString) throws(DecodeError) -> Int {
        let count = try read(name, as: Int.self)
        guard (0...Int(Int32.max)).contains(count) else { throw DecodeError("\(name): not a count") }
        return count
    }

    /// Refuses members that nobody asked for: whoever writes the document again would lose them.
    func end() throws(DecodeError) {
        var count = 0
        var name = index + 1
        while name < tape.nodes[index].next {
            count += 1
            name = tape.nodes[name + 1].next
        }
        guard count == found else { throw DecodeError("an unknown member") }
    }

    private mutating func find(_ text: StaticString) -> DocumentValue? {
        find(text, from: place, to: tape.nodes[index].next) ?? find(text, from: index + 1, to: place)
    }

    private mutating func find(_ text: StaticString, from start: Int, to end: Int) -> DocumentValue? {
        var name = start
        while name < end {
            let next = tape.nodes[name + 1].next
            if tape.isText(tape.nodes[name], text) {
                place = next
                return DocumentValue(tape: tape, index: name + 1)
            }
            name = next
        }
        return nil
    }
}
