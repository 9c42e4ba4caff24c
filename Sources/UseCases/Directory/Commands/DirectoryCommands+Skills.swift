public import Domain

extension DirectoryCommands {
    /// Adds a skill.
    public func createSkill(
        _ content: SkillContent,
        in tenant: TenantID,
        idempotency: IdempotentWrite<Skill>? = nil
    ) async throws -> WriteOutcome<Skill> {
        try await writer.create(content, in: tenant, idempotency: idempotency)
    }

    /// Edits a skill.
    public func updateSkill(
        _ id: SkillID,
        in tenant: TenantID,
        expectedVersion: ExpectedVersions? = nil,
        idempotency: IdempotentWrite<Skill>? = nil,
        edit: @escaping @Sendable (SkillContent) throws -> SkillContent
    ) async throws -> WriteOutcome<Skill> {
        try await writer.update(id, in: tenant, expectedVersion: expectedVersion, idempotency: idempotency, edit)
    }
}
