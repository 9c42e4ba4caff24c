import HTTPTypes
import Testing

@testable import HTTPAPI

/// Every list is bounded: enumerated over all operations, so that a new one is tested without anybody thinking of it.
@Suite struct ListBoundTests {
    @Test func everyListIsPagedAndBounded() throws {
        for operation in APIOperations.all where operation.method == .get {
            guard case .object(let object)? = operation.responses.first?.schema?.shape else { continue }
            let names = operation.queryParameters.map(\.name)
            let isPaged = names.contains("limit") && (names.contains("cursor") || names.contains("after"))
            if operation.id.hasPrefix("list") { #expect(isPaged, "\(operation.id) is a list") }
            for property in object.properties where property.name == "data" {
                guard case .array(_, _, let maximum) = property.schema.shape else { continue }
                #expect(isPaged && maximum != nil, "\(operation.id)")
            }
        }
    }
}
