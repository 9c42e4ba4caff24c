import UseCases

/// Asks something for a request whose values came by its query: what is wrong with one of them is told of the parameter of the same name, not of a place in
/// the body, of which there is none.
func namingParameters<Result>(_ body: () async throws -> Result) async throws -> Result {
    do {
        return try await body()
    } catch let error as UseCaseError {
        var problem = error.problem
        problem.errors = problem.errors.map { error in
            guard case .pointer(let pointer) = error.place, pointer.hasPrefix("/") else { return error }
            return FieldError(.parameter(String(pointer.dropFirst())), error.code, error.detail)
        }
        throw problem
    }
}
