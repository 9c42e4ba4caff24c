import Postgres

/// A JSON text taken apart: its values in the order of their beginnings, each with where it ends, so that a member or element is skipped in one step.
final class DocumentTape: Sendable {
    enum Kind: Sendable {
        case object
        case array
        case string(isEscaped: Bool)
        case number
        case yes
        case no
        case null
    }

    struct Node: Sendable {
        let kind: Kind
        /// In the text; without the quotation marks of a string.
        let start: Int
        var end: Int
        /// The position on the tape behind the value and everything in it.
        var next: Int
    }

    let bytes: [UInt8]
    let nodes: [Node]

    /// - Throws: `DecodeError` for a text that is not JSON, or too deep.
    init(_ bytes: [UInt8]) throws(DecodeError) {
        var scanner = DocumentScanner()
        try scanner.scan(bytes)
        self.bytes = bytes
        nodes = scanner.nodes
    }

    /// Whether a string without escapes is this text.
    func isText(_ node: Node, _ text: String) -> Bool {
        guard case .string(isEscaped: false) = node.kind, node.end - node.start == text.utf8.count else { return false }
        return zip(bytes[node.start..<node.end], text.utf8).allSatisfy { $0 == $1 }
    }

    func isText(_ node: Node, _ text: StaticString) -> Bool {
        guard case .string(isEscaped: false) = node.kind, node.end - node.start == text.utf8CodeUnitCount else { return false }
        for offset in 0..<text.utf8CodeUnitCount where bytes[node.start + offset] != text.utf8Start[offset] { return false }
        return true
    }

    /// The text of a string or number.
    func text(of node: Node) -> String? {
        if case .string(isEscaped: true) = node.kind { return unescaped(bytes[node.start..<node.end]) }
        return String(decoding: bytes[node.start..<node.end], as: UTF8.self)
    }

    private func unescaped(_ slice: ArraySlice<UInt8>) -> String? {
        var units: [UInt16] = []
        var out = ""
        var plain: [UInt8] = []
        var rest = slice
        func flush() {
            out += String(decoding: plain, as: UTF8.self)
            plain.removeAll(keepingCapacity: true)
            out += String(decoding: units, as: UTF16.self)
            units.removeAll(keepingCapacity: true)
        }
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                if !units.isEmpty { flush() }
                plain.append(byte)
                continue
            }
            guard let mark = rest.popFirst() else { return nil }
            if mark == UInt8(ascii: "u") {
                guard rest.count >= 4, let unit = UInt16(String(decoding: rest.prefix(4), as: UTF8.self), radix: 16) else { return nil }
                rest = rest.dropFirst(4)
                if !plain.isEmpty { flush() }
                units.append(unit)
            } else {
                guard let byte = Self.escapes[mark] else { return nil }
                if !units.isEmpty { flush() }
                plain.append(byte)
            }
        }
        flush()
        return out
    }

    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"), UInt8(ascii: "/"): UInt8(ascii: "/"),
        UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
    ]
}
