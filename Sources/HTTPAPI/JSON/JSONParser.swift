/// A strict, single-pass JSON parser (RFC 8259) that fills ``JSONDocument``'s list.
///
/// It recurses once per nested container; ``JSONLimits/depth`` bounds the stack.
struct JSONParser {
    typealias Node = JSONDocument.Node

    let bytes: [UInt8]
    let limits: JSONLimits
    var position = 0
    private var nodes: [Node] = []

    init(_ bytes: [UInt8], limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func parse() throws(JSONError) -> [Node] {
        guard bytes.count < Int32.max else { throw JSONError(.tooManyValues, at: 0) }
        do {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            throw JSONError(.notUTF8, at: error.byteOffsets.lowerBound)
        }
        nodes.reserveCapacity(64)
        skipWhitespace()
        guard position < bytes.count else { throw JSONError(.empty, at: position) }
        try value(depth: 0)
        skipWhitespace()
        guard position == bytes.count else { throw JSONError(.trailingBytes, at: position) }
        return nodes
    }

    private mutating func value(depth: Int) throws(JSONError) {
        guard position < bytes.count else { throw JSONError(.unexpectedEnd, at: position) }
        switch bytes[position] {
        case UInt8(ascii: "{"): try object(depth: depth + 1)
        case UInt8(ascii: "["): try array(depth: depth + 1)
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "t"): try literal("true", kind: .bool)
        case UInt8(ascii: "f"): try literal("false", kind: .bool)
        case UInt8(ascii: "n"): try literal("null", kind: .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            let start = position
            try skipNumber()
            try append(.number, from: start, to: position)
        default: throw JSONError(.unexpectedByte, at: position)
        }
    }

    private mutating func object(depth: Int) throws(JSONError) {
        let index = try open(.object, depth: depth)
        var count: Int32 = 0
        if !take("}") {
            repeat {
                skipWhitespace()
                guard position < bytes.count else { throw JSONError(.unexpectedEnd, at: position) }
                guard bytes[position] == UInt8(ascii: "\"") else { throw JSONError(.unexpectedByte, at: position) }
                let name = nodes.count
                try string()
                skipWhitespace()
                try expect(":")
                skipWhitespace()
                do {
                    try value(depth: depth)
                } catch {
                    throw error.nested(in: JSONPointer.escape(text(of: name)))
                }
                count += 1
                skipWhitespace()
            } while take(",")
            try expect("}")
        }
        close(index, count: count)
        try checkNames(of: index)
    }

    private mutating func array(depth: Int) throws(JSONError) {
        let index = try open(.array, depth: depth)
        var count: Int32 = 0
        if !take("]") {
            repeat {
                skipWhitespace()
                do {
                    try value(depth: depth)
                } catch {
                    throw error.nested(in: String(count))
                }
                count += 1
                skipWhitespace()
            } while take(",")
            try expect("]")
        }
        close(index, count: count)
    }

    private mutating func string() throws(JSONError) {
        let start = position + 1
        let hasEscapes = try skipString()
        try append(.string, from: start, to: position - 1, hasEscapes: hasEscapes)
    }

    private mutating func literal(_ word: StaticString, kind: JSONDocument.Kind) throws(JSONError) {
        let end = position + word.utf8CodeUnitCount
        guard end <= bytes.count else { throw JSONError(.unexpectedEnd, at: bytes.count) }
        guard word.withUTF8Buffer({ bytes[position..<end].elementsEqual($0) }) else { throw JSONError(.unexpectedByte, at: position) }
        try append(kind, from: position, to: end)
        position = end
    }
}

extension JSONParser {
    private mutating func append(_ kind: JSONDocument.Kind, from start: Int, to end: Int, hasEscapes: Bool = false) throws(JSONError) {
        guard nodes.count < limits.values else { throw JSONError(.tooManyValues, at: start) }
        nodes.append(Node(kind: kind, hasEscapes: hasEscapes, start: Int32(start), end: Int32(end), next: Int32(nodes.count + 1)))
    }

    private mutating func open(_ kind: JSONDocument.Kind, depth: Int) throws(JSONError) -> Int {
        guard depth <= limits.depth else { throw JSONError(.tooDeep, at: position) }
        try append(kind, from: position, to: position)
        position += 1
        skipWhitespace()
        return nodes.count - 1
    }

    private mutating func close(_ index: Int, count: Int32) {
        nodes[index].count = count
        nodes[index].end = Int32(position)
        nodes[index].next = Int32(nodes.count)
    }

    /// Refuses an object that names a member twice: readers disagree on which one counts.
    private func checkNames(of object: Int) throws(JSONError) {
        let count = Int(nodes[object].count)
        guard count > 1 else { return }
        // Few names are compared pair by pair, without making Strings; many go through a set, so that no body costs the square of its size.
        if count <= 24 {
            var name = object + 1
            for _ in 1..<count {
                let following = Int(nodes[name + 1].next)
                var other = following
                while other < nodes[object].next {
                    if isSameName(name, other) { throw duplicate(other) }
                    other = Int(nodes[other + 1].next)
                }
                name = following
            }
        } else {
            // Bytes, as above: Strings that are spelt differently may be equal.
            var seen: Set<[UInt8]> = []
            var name = object + 1
            while name < nodes[object].next {
                guard seen.insert(Array(text(of: name).utf8)).inserted else { throw duplicate(name) }
                name = Int(nodes[name + 1].next)
            }
        }
    }

    private func isSameName(_ left: Int, _ right: Int) -> Bool {
        let one = nodes[left]
        let two = nodes[right]
        if one.hasEscapes || two.hasEscapes {
            return text(of: left).utf8.elementsEqual(text(of: right).utf8)
        }
        guard one.end - one.start == two.end - two.start else { return false }
        return bytes[Int(one.start)..<Int(one.end)].elementsEqual(bytes[Int(two.start)..<Int(two.end)])
    }

    private func text(of index: Int) -> String {
        let node = nodes[index]
        return JSONText.decode(bytes[Int(node.start)..<Int(node.end)], hasEscapes: node.hasEscapes)
    }

    private func duplicate(_ name: Int) -> JSONError {
        JSONError(.duplicateKey, at: Int(nodes[name].start) - 1, pointer: "/" + JSONPointer.escape(text(of: name)))
    }
}
