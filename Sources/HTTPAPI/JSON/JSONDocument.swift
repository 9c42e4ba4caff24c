/// One parsed JSON text: its bytes, and a flat list of its values in document order.
///
/// Nothing is converted before it is asked for: a request pays for the fields that its endpoint reads. Pointers to a value are computed
/// by walking from the root, which only an error does.
public final class JSONDocument: Sendable {
    enum Kind: UInt8, Sendable {
        case null, bool, number, string, array, object
    }

    struct Node: Sendable {
        var kind: Kind
        /// A string with at least one backslash.
        var hasEscapes = false
        /// Where the value's text begins and ends; a string's without its quotation marks.
        var start: Int32
        var end: Int32
        /// Elements of an array, members of an object. A member is two nodes: its name, then its value.
        var count: Int32 = 0
        /// The node behind this value and everything in it.
        var next: Int32
    }

    let bytes: [UInt8]
    let nodes: [Node]

    /// Parses a text in one pass.
    ///
    /// - Throws: ``JSONError`` for anything but one UTF-8 JSON value within the limits, and for a member name that is there twice.
    public init(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) {
        var parser = JSONParser(bytes, limits: limits)
        nodes = try parser.parse()
        self.bytes = bytes
    }

    public var root: JSONValue { JSONValue(document: self, index: 0) }
}

extension JSONDocument {
    /// The text of a string or a member name.
    func text(at index: Int) -> String {
        let node = nodes[index]
        return JSONText.decode(bytes[Int(node.start)..<Int(node.end)], hasEscapes: node.hasEscapes)
    }

    /// Whether a member's name is `name`, without making a String of it.
    func name(at index: Int, is name: StaticString) -> Bool {
        let node = nodes[index]
        if node.hasEscapes {
            return text(at: index) == name.description
        }
        guard Int(node.end - node.start) == name.utf8CodeUnitCount else { return false }
        return name.withUTF8Buffer { expected in
            bytes[Int(node.start)..<Int(node.end)].elementsEqual(expected)
        }
    }

    /// The JSON Pointer (RFC 6901) of a value.
    func pointer(to target: Int) -> String {
        var pointer = ""
        var index = 0
        while index != target {
            let node = nodes[index]
            let isObject = node.kind == .object
            var child = index + 1
            var position = 0
            var found: Int?
            while position < node.count, found == nil {
                let value = isObject ? child + 1 : child
                if target >= child, target < nodes[value].next {
                    pointer += "/" + (isObject ? JSONPointer.escape(text(at: child)) : String(position))
                    found = value
                }
                child = Int(nodes[value].next)
                position += 1
            }
            // A member's name is no value of its own: its pointer is its value's.
            guard let found, target >= found else { return pointer }
            index = found
        }
        return pointer
    }
}
