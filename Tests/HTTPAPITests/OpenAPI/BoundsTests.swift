import HTTPAPI
import Testing

/// Whatever a request may hold has a bound, and the description says so (security.md 1).
@Suite struct BoundsTests {
    @Test("Each text, number and list of each request is bounded in the description")
    func everythingIsBounded() {
        var found: Set<String> = []
        for operation in APIOperations.all {
            for parameter in operation.pathParameters + operation.queryParameters {
                found.formUnion(Self.unbounded(parameter.schema, at: "\(operation.id)?\(parameter.name)"))
            }
            if let body = operation.body { found.formUnion(Self.unbounded(body, at: operation.id)) }
        }
        #expect(found.sorted() == [])
    }

    private static func unbounded(_ schema: JSONSchema, at place: String) -> [String] {
        switch schema.shape {
        case .anything, .boolean: []
        case .integer(let minimum, let maximum), .number(let minimum, let maximum): minimum == nil || maximum == nil ? [place] : []
        case .string(let shape): shape.maximumLength == nil && shape.format == nil && shape.pattern == nil && shape.values == nil ? [place] : []
        case .array(let element, _, let maximum): (maximum == nil ? [place] : []) + unbounded(element, at: place + "[]")
        case .map(let value, let maximum): (maximum == nil ? [place] : []) + unbounded(value, at: place + ".*")
        case .object(let object): object.properties.flatMap { unbounded($0.schema, at: place + "." + $0.name) }
        }
    }
}
