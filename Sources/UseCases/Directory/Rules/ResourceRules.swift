public import Domain
import Store

extension ResourceContent: DirectoryContent {
    static var noun: String { "resource" }
    static var maximumCount: Int? { 10_000 }
    static var isConfiguration: Bool { false }

    func problems(in situation: DirectorySituation<ResourceContent>) -> [FieldProblem] {
        var checks = FieldChecks()
        checks.name(name)
        checks.text(type, 1...64, at: "/type")
        return checks.problems
    }
}

extension DirectoryCommands {
    /// Adds something that tickets can book.
    public func createResource(
        _ content: ResourceContent,
        in tenant: TenantID,
        idempotency: IdempotentWrite<BookableResource>? = nil
    ) async throws -> WriteOutcome<BookableResource> {
        try await writer.create(content, in: tenant, idempotency: idempotency)
    }

    /// Edits it.
    public func updateResource(
        _ id: ResourceID,
        in tenant: TenantID,
        expectedVersion: Int64? = nil,
        idempotency: IdempotentWrite<BookableResource>? = nil,
        edit: @escaping @Sendable (ResourceContent) throws -> ResourceContent
    ) async throws -> WriteOutcome<BookableResource> {
        try await writer.update(id, in: tenant, expectedVersion: expectedVersion, idempotency: idempotency, edit)
    }
}
