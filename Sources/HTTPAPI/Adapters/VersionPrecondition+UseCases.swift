import Domain
import UseCases

extension VersionPrecondition {
    /// What a use case shall hold against the version that it finds under its lock; nil for any.
    var expected: ExpectedVersions? {
        switch self {
        case .any: nil
        case .versions(let versions): ExpectedVersions(anyOf: versions)
        }
    }
}

/// Runs a command on one resource: where its version is another than expected, the 412 carries the tag of the present one (api.md 4).
func tagging<Entity, Result>(_ id: ID<Entity>, _ command: () async throws -> Result) async throws -> Result {
    do {
        return try await command()
    } catch UseCaseError.versionMismatch(let current) {
        throw Problem.preconditionFailed(current: EntityTag(version: current, of: id))
    }
}
