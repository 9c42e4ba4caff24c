import Domain
import UseCases

extension VersionPrecondition {
    /// A version that nothing has: a use case that is told to expect it finds what is missing first, and refuses the rest.
    private static let never: Int64 = -1

    /// The one version that a use case shall expect, nil for any.
    ///
    /// - Parameter current: the version as it is now; asked for only where the caller named several.
    func expected(current: () async throws -> Int64) async throws -> Int64? {
        switch self {
        case .any: return nil
        case .versions(let versions):
            guard versions.count > 1 else { return versions.first ?? Self.never }
            let version = try await current()
            return versions.contains(version) ? version : Self.never
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
