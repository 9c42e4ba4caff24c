/// A DTO that knows its schema, written next to the code that reads or writes it.
public protocol JSONSchemaProviding {
    static var schema: JSONSchema { get }
}

/// What a reply's body is made of.
public typealias ResponseObject = JSONWritable & JSONSchemaProviding & Sendable
