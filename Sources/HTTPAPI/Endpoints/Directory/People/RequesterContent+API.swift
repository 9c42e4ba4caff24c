import Domain

extension RequesterContent: DirectoryContent {
    static let names = DirectoryNames(
        type: "Requester",
        plural: "Requesters",
        phrase: "a requester",
        path: "requesters",
        parameter: "requester_id",
        read: .ticketsRead,
        write: .ticketsWrite
    )

    static let properties = [
        JSONProperty("name", .string, "The name."),
        JSONProperty("email", .string, "The address, in lower case."),
        JSONProperty("vip", .boolean, "Whether queues and policies may treat the requester apart."),
        JSONProperty("language", .string.nullable, "The language (BCP 47) of tickets that name none."),
        JSONProperty("organization_id", .id.nullable, "The organization that the requester belongs to."),
    ]

    func writeFields(to writer: inout JSONWriter) {
        writer.field("name", name)
        writer.field("email", email)
        writer.field("vip", isVIP)
        writer.field("language", language)
        writer.field("organization_id", organizationID)
    }
}

enum RequesterFields {
    static let name = RequestField("name", .text(1...200), "The name.")
    static let email = RequestField("email", .text(3...254), "The address; unique in the tenant.")
    static let vip = RequestField("vip", .boolean, "Whether queues and policies may treat the requester apart.")
    static let language = RequestField("language", .language, "The language (BCP 47) of tickets that name none.")
    static let organization = RequestField(
        "organization_id",
        .id(Entity.Organization.self),
        "The organization that the requester belongs to; live tickets follow a change in the background."
    )
}

struct CreateRequester: NewContent {
    static let schema = JSONSchema.object(
        "CreateRequester",
        [
            RequesterFields.name.required, RequesterFields.email.required, RequesterFields.vip.optional, RequesterFields.language.optional,
            RequesterFields.organization.optional,
        ],
        isClosed: true
    )

    let content: RequesterContent

    init?(from reader: inout ObjectReader) {
        let name = reader.required(RequesterFields.name)
        let email = reader.required(RequesterFields.email)
        let isVIP = reader.optional(RequesterFields.vip) ?? false
        let language = reader.optional(RequesterFields.language)
        let organization = reader.optional(RequesterFields.organization)
        guard let name, let email else { return nil }
        content = RequesterContent(name: name, email: email, isVIP: isVIP, language: language, organizationID: organization)
    }
}

struct PatchRequester: ContentChange {
    static let schema = JSONSchema.object(
        "PatchRequester",
        [
            RequesterFields.name.optional, RequesterFields.email.optional, RequesterFields.vip.optional, RequesterFields.language.clearable,
            RequesterFields.organization.clearable,
        ],
        isClosed: true
    )

    let name: String?
    let email: String?
    let isVIP: Bool?
    let language: Patch<String>
    let organization: Patch<OrganizationID>

    init?(from reader: inout ObjectReader) {
        name = reader.optional(RequesterFields.name)
        email = reader.optional(RequesterFields.email)
        isVIP = reader.optional(RequesterFields.vip)
        language = reader.patch(RequesterFields.language)
        organization = reader.patch(RequesterFields.organization)
    }

    func applied(to before: RequesterContent) -> RequesterContent {
        RequesterContent(
            name: name ?? before.name,
            email: email ?? before.email,
            isVIP: isVIP ?? before.isVIP,
            language: language.applied(to: before.language),
            organizationID: organization.applied(to: before.organizationID)
        )
    }
}
