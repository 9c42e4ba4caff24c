import Domain

extension ContractContent: DirectoryContent {
    static let names = DirectoryNames(
        type: "Contract",
        plural: "Contracts",
        phrase: "a contract",
        path: "contracts",
        parameter: "contract_id",
        read: .reportsRead,
        write: .policiesWrite
    )

    static let properties = [
        JSONProperty("organization_id", .id, "Whose it is."),
        JSONProperty("number", .string, "As people write it."),
        JSONProperty("name", .string, "The name."),
        JSONProperty("valid_from", .timestamp, "From when it holds."),
        JSONProperty("valid_to", .timestamp.nullable, "Until just before when; null: it goes on."),
        JSONProperty("currency", .string, "ISO 4217. Penalties in another currency are not its."),
        JSONProperty("policy_ids", .array(of: .id), "Whose breaches it is about; none: those of all policies."),
        JSONProperty("monthly_cap", .integer().nullable, "The most that a month costs, in the currency's smallest unit."),
    ]

    func writeFields(to writer: inout JSONWriter) {
        writer.field("organization_id", organizationID)
        writer.field("number", number)
        writer.field("name", name)
        writer.field("valid_from", validFrom)
        writer.field("valid_to", validTo)
        writer.field("currency", currency)
        writer.field("policy_ids", policies)
        writer.field("monthly_cap", monthlyCap)
    }
}

enum ContractFields {
    static let organization = RequestField("organization_id", .id(Entity.Organization.self), "Whose it is; stays.")
    static let number = RequestField("number", .text(1...100), "As people write it; unique in the tenant.")
    static let name = RequestField("name", .text(1...200), "The name.")
    static let validFrom = RequestField("valid_from", .timestamp, "From when it holds.")
    static let validTo = RequestField("valid_to", .timestamp, "Until just before when; null: it goes on.")
    static let currency = RequestField("currency", .text(3...3), "ISO 4217. Penalties in another currency are not its.")
    static let policies = RequestField(
        "policy_ids",
        .array(of: JSONType<SLAPolicyID>.id(Entity.SLAPolicy.self), 0...ContractContent.maximumPolicies)
            .distinct("The policy is listed twice.") { $0 },
        "Whose breaches it is about; none: those of all policies. A contract that names the policy goes before one for all."
    )
    static let cap = RequestField(
        "monthly_cap",
        .integer(0...Int(SettlementContent.Price.range.upperBound)),
        "The most that a month costs, in the currency's smallest unit."
    )
}

struct CreateContract: NewContent {
    static let schema = JSONSchema.object(
        "CreateContract",
        [
            ContractFields.organization.required, ContractFields.number.required, ContractFields.name.required, ContractFields.validFrom.required,
            ContractFields.validTo.optional, ContractFields.currency.required, ContractFields.policies.optional, ContractFields.cap.optional,
        ],
        isClosed: true
    )

    let content: ContractContent
    let sentLists: [SentList]

    init?(from reader: inout ObjectReader) {
        let organization = reader.required(ContractFields.organization)
        let number = reader.required(ContractFields.number)
        let name = reader.required(ContractFields.name)
        let validFrom = reader.required(ContractFields.validFrom)
        let validTo = reader.optional(ContractFields.validTo)
        let currency = reader.required(ContractFields.currency)
        let policies = reader.optional(ContractFields.policies) ?? []
        let cap = reader.optional(ContractFields.cap)
        guard let organization, let number, let name, let validFrom, let currency else { return nil }
        sentLists = [SentList("/policy_ids", policies)]
        content = ContractContent(
            organizationID: organization,
            number: number,
            name: name,
            validFrom: validFrom,
            validTo: validTo,
            currency: currency,
            policies: policies,
            monthlyCap: cap.map(Int64.init)
        )
    }
}

struct PatchContract: ContentChange {
    static let schema = JSONSchema.object(
        "PatchContract",
        [
            ContractFields.number.optional, ContractFields.name.optional, ContractFields.validFrom.optional, ContractFields.validTo.clearable,
            ContractFields.currency.optional, ContractFields.policies.optional, ContractFields.cap.clearable,
        ],
        isClosed: true
    )

    let number: String?
    let name: String?
    let validFrom: Timestamp?
    let validTo: Patch<Timestamp>
    let currency: String?
    let policies: [SLAPolicyID]?
    var sentLists: [SentList] { [SentList("/policy_ids", policies ?? [])] }
    let cap: Patch<Int>

    init?(from reader: inout ObjectReader) {
        number = reader.optional(ContractFields.number)
        name = reader.optional(ContractFields.name)
        validFrom = reader.optional(ContractFields.validFrom)
        validTo = reader.patch(ContractFields.validTo)
        currency = reader.optional(ContractFields.currency)
        policies = reader.optional(ContractFields.policies)
        cap = reader.patch(ContractFields.cap)
    }

    func applied(to before: ContractContent) -> ContractContent {
        ContractContent(
            organizationID: before.organizationID,
            number: number ?? before.number,
            name: name ?? before.name,
            validFrom: validFrom ?? before.validFrom,
            validTo: validTo.applied(to: before.validTo),
            currency: currency ?? before.currency,
            policies: policies ?? before.policies,
            monthlyCap: cap.applied(to: before.monthlyCap.map { Int(clamping: $0) }).map(Int64.init)
        )
    }
}
