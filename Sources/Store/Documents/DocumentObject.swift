import Postgres

/// Reads the members of an object, each once. They are looked for one after the other: documents have few, and their names differ in length.
struct DocumentObject {
    private let tape: DocumentTape
    private let index: Int
    private var found = 0

    init(_ value: DocumentValue) throws(DecodeError) {
        guard case .object = value.node.kind else { throw DecodeError("not an object") }
        tape = value.tape
        index = value.index
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

    private func find(_ text: StaticString) -> DocumentValue? {
        let end = tape.nodes[index].next
        var name = index + 1
        while name < end {
            if tape.isText(tape.nodes[name], text) { return DocumentValue(tape: tape, index: name + 1) }
            name = tape.nodes[name + 1].next
        }
        return nil
    }
}
