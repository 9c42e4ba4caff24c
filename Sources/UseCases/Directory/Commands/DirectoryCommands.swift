import Domain

/// The commands on everything a tenant configures and everybody it names. Each writes in one transaction, or changes nothing.
///
/// All `create…` and `update…` commands throw ``UseCaseError/invalid(_:)`` naming every wrong field, ``UseCaseError/duplicate(field:)`` for a name, key or
/// address that is taken, and ``StoreError``; updates also ``UseCaseError/notFound`` and ``UseCaseError/versionMismatch(current:)``. An update's `edit`
/// makes the new content from the present one, under the row's lock; giving the same again changes nothing, not even the version.
public struct DirectoryCommands: Sendable {
    let environment: UseCaseEnvironment
    let tools: DirectoryTools

    public init(environment: UseCaseEnvironment, tools: DirectoryTools) {
        self.environment = environment
        self.tools = tools
    }

    var writer: DirectoryWriter { DirectoryWriter(environment: environment, tools: tools) }
}
