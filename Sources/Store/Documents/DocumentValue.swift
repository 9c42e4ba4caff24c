import Postgres

/// A value of a JSON text that was taken apart.
struct DocumentValue {
    let tape: DocumentTape
    /// Of the value, on the tape.
    let index: Int

    var node: DocumentTape.Node { tape.nodes[index] }

    var isNull: Bool {
        if case .null = node.kind { true } else { false }
    }

    func text() throws(DecodeError) -> String {
        guard case .string = node.kind, let text = tape.text(of: node) else { throw DecodeError("not a text") }
        return text
    }

    /// The bytes of a text without escapes, or of a number; nil for anything else.
    func plainBytes() -> ArraySlice<UInt8>? {
        switch node.kind {
        case .string(isEscaped: false), .number: tape.bytes[node.start..<node.end]
        default: nil
        }
    }

    func elements<Element: DocumentReadable>(_ type: Element.Type) throws(DecodeError) -> [Element] {
        guard case .array = node.kind else { throw DecodeError("not a list") }
        var elements: [Element] = []
        var position = index + 1
        while position < node.next {
            elements.append(try Element(document: DocumentValue(tape: tape, index: position)))
            position = tape.nodes[position].next
        }
        return elements
    }

    /// The members of an object whose names are data.
    func members<Member: DocumentReadable>(_ type: Member.Type) throws(DecodeError) -> [(name: String, value: Member)] {
        guard case .object = node.kind else { throw DecodeError("not an object") }
        var members: [(name: String, value: Member)] = []
        var name = index + 1
        while name < node.next {
            let value = try Member(document: DocumentValue(tape: tape, index: name + 1))
            members.append((try DocumentValue(tape: tape, index: name).text(), value))
            name = tape.nodes[name + 1].next
        }
        return members
    }
}
