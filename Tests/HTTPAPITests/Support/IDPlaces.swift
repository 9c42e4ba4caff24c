import Foundation
import Testing

/// Every place of the OpenAPI document where a request names a thing by its id.
struct IDPlaces {
    struct Place: Hashable, Comparable {
        let operation: String
        /// A JSON pointer into the body, with 0 for the elements of an array; or the name of a parameter.
        let name: String

        init(_ operation: String, _ name: String) {
            (self.operation, self.name) = (operation, name)
        }

        static func < (first: Place, second: Place) -> Bool { (first.operation, first.name) < (second.operation, second.name) }
    }

    private typealias Object = [String: Any]

    private(set) var bodies: Set<Place> = []
    private(set) var queries: Set<Place> = []
    /// Of operations with more than one id in the path.
    private(set) var paths: Set<Place> = []
    private let root: Object

    init(document: String) throws {
        root = try #require(try JSONSerialization.jsonObject(with: Data(document.utf8)) as? Object)
        for case let methods as Object in try #require(root["paths"] as? Object).values {
            for case let operation as Object in methods.values {
                guard let id = operation["operationId"] as? String else { continue }
                let parameters = try (operation["parameters"] as? [Object] ?? []).map(resolved)
                let names = parameters.filter { $0["in"] as? String == "path" }.compactMap { $0["name"] as? String }
                if names.count > 1 { paths.formUnion(names.map { Place(id, $0) }) }
                for parameter in parameters where parameter["in"] as? String == "query" {
                    let name = try #require(parameter["name"] as? String)
                    if try !pointers(parameter["schema"] as? Object ?? [:]).isEmpty { queries.insert(Place(id, name)) }
                }
                let body = try resolved(operation["requestBody"] as? Object ?? [:])
                for case let content as Object in (body["content"] as? Object ?? [:]).values {
                    bodies.formUnion(try pointers(content["schema"] as? Object ?? [:]).map { Place(id, $0) })
                }
            }
        }
    }

    private func resolved(_ object: Object) throws -> Object {
        guard let reference = object["$ref"] as? String else { return object }
        let found = reference.split(separator: "/").dropFirst().reduce(root as Any?) { ($0 as? Object)?[String($1)] }
        return try resolved(try #require(found as? Object, "\(reference) leads nowhere"))
    }

    /// Where in a schema ids stand. No schema of a request contains itself.
    private func pointers(_ schema: Object) throws -> [String] {
        let schema = try resolved(schema)
        var found: [String] = schema["format"] as? String == "uuid" ? [""] : []
        for (name, property) in schema["properties"] as? Object ?? [:] {
            found += try pointers(property as? Object ?? [:]).map { "/\(name)\($0)" }
        }
        if let items = schema["items"] as? Object { found += try pointers(items).map { "/0\($0)" } }
        if let values = schema["additionalProperties"] as? Object { found += try pointers(values).map { "/*\($0)" } }
        for kind in ["anyOf", "oneOf", "allOf"] {
            for option in schema[kind] as? [Object] ?? [] { found += try pointers(option) }
        }
        return found
    }
}
