import Domain
import UseCases

/// The members that name a proposal.
private enum ProposalFields {
    static let policyID = RequestField(
        "policy_id",
        .id(Entity.SLAPolicy.self),
        "Which policy would be changed or withdrawn; without it a new one is proposed."
    )
    static let policy = RequestField("policy", JSONType<CreatePolicy>.object, "The policy as it would be.")
    static let withdraw = RequestField("withdraw", .boolean, "Whether the policy would match no ticket any more.")
    static let properties = [policyID.optional, policy.optional, withdraw.optional]

    /// - Returns: nil where nothing is proposed, or where the reader recorded an error.
    static func read(from reader: inout ObjectReader, isRequired: Bool) -> PolicyProposal? {
        let id = reader.optional(policyID)
        let content = reader.optional(policy)?.content
        let isWithdrawn = reader.optional(withdraw) ?? false
        guard reader.isValid else { return nil }
        switch (id, content, isWithdrawn) {
        case (let id?, nil, true): return .withdraw(id)
        case (let id?, let content?, false): return .replace(id, content)
        case (nil, let content?, false): return .create(content)
        case (nil, nil, false) where !isRequired: return nil
        case (_, .some, true): reader.refuse(withdraw.name, .notAllowed, "A policy is either changed or withdrawn.")
        case (nil, nil, true): reader.refuse(withdraw.name, .notAllowed, "Needs policy_id.")
        case (_, nil, _): reader.refuse(policy.name, .required, "Needs a policy, or withdraw with policy_id.")
        }
        return nil
    }
}

struct PreviewPolicy: RequestObject {
    private static let limit = RequestField(
        "limit",
        .integer(1...PolicyPreviews.maximumTickets),
        "The most live tickets to look at; 5000 unless told."
    )
    private static let sample = RequestField("sample", .integer(0...PolicyPreviews.maximumSample), "The most changes to list; 20 unless told.")
    static let schema = JSONSchema.object(
        "PreviewSLAPolicy",
        ProposalFields.properties + [limit.optional, sample.optional],
        isClosed: true
    )

    let proposal: PolicyProposal
    let limit: Int
    let sampleSize: Int

    init?(from reader: inout ObjectReader) {
        limit = reader.optional(Self.limit) ?? 5_000
        sampleSize = reader.optional(Self.sample) ?? 20
        guard let proposal = ProposalFields.read(from: &reader, isRequired: true) else { return nil }
        self.proposal = proposal
    }
}

struct LintPolicies: RequestObject {
    static let schema = JSONSchema.object("LintSLAPolicies", ProposalFields.properties, isClosed: true)

    /// nil: the policies as they are.
    let proposal: PolicyProposal?

    init?(from reader: inout ObjectReader) {
        proposal = ProposalFields.read(from: &reader, isRequired: false)
        guard reader.isValid else { return nil }
    }
}
