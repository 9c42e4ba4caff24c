/// One value of a ``JSONDocument``: a place in it, converted when asked.
public struct JSONValue: Sendable {
    let document: JSONDocument
    let index: Int

    private var node: JSONDocument.Node { document.nodes[index] }

    public var isNull: Bool { node.kind == .null }
    public var isObject: Bool { node.kind == .object }

    /// The text, or nil where this is no string.
    public var string: String? { node.kind == .string ? document.text(at: index) : nil }

    /// True or false, or nil where this is neither.
    public var bool: Bool? { node.kind == .bool ? document.bytes[Int(node.start)] == UInt8(ascii: "t") : nil }

    /// The number as an integer, or nil where this is no number, has a fraction, or does not fit. Never goes through a floating-point number.
    public var int64: Int64? { node.kind == .number ? JSONNumber.exactInteger(document.bytes[Int(node.start)..<Int(node.end)]) : nil }

    /// The number as the nearest Double, or nil where this is no number or is beyond a Double's range.
    public var double: Double? {
        guard node.kind == .number, node.end - node.start <= 512 else { return nil }
        let value = Double(String(decoding: document.bytes[Int(node.start)..<Int(node.end)], as: UTF8.self))
        return value?.isFinite == true ? value : nil
    }

    /// The number as a Double whose shortest text is this number, so that what is shown later is what was sent; nil where there is none.
    public var exactDouble: Double? {
        guard let value = double, JSONNumber.isSame(document.bytes[Int(node.start)..<Int(node.end)], as: value) else { return nil }
        return value
    }

    public var isNumber: Bool { node.kind == .number }

    /// The elements of an array, or nil where this is none.
    public var elements: [JSONValue]? {
        guard node.kind == .array else { return nil }
        var values: [JSONValue] = []
        values.reserveCapacity(Int(node.count))
        var child = index + 1
        while child < node.next {
            values.append(JSONValue(document: document, index: child))
            child = Int(document.nodes[child].next)
        }
        return values
    }

    /// The members of an object in their order, or nil where this is none.
    public var members: [(name: String, value: JSONValue)]? {
        guard node.kind == .object else { return nil }
        var values: [(name: String, value: JSONValue)] = []
        values.reserveCapacity(Int(node.count))
        var child = index + 1
        while child < node.next {
            values.append((document.text(at: child), JSONValue(document: document, index: child + 1)))
            child = Int(document.nodes[child + 1].next)
        }
        return values
    }

    /// How many elements or members there are; 0 for a scalar.
    public var count: Int { Int(node.count) }

    /// The value's own JSON text, byte for byte.
    public var rawBytes: ArraySlice<UInt8> {
        let isString = node.kind == .string
        return document.bytes[Int(node.start) - (isString ? 1 : 0)..<Int(node.end) + (isString ? 1 : 0)]
    }

    /// The JSON Pointer to this value, "" for the whole document.
    public var pointer: String { document.pointer(to: index) }

    /// What kind of value this is, in JSON's own words.
    public var kindName: String {
        switch node.kind {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
