import Domain

extension OrganizationContent: DirectoryContent {
    static let names = DirectoryNames(
        type: "Organization",
        plural: "Organizations",
        phrase: "an organization",
        path: "organizations",
        parameter: "organization_id",
        read: .ticketsRead,
        write: .policiesWrite
    )

    static let properties = [
        JSONProperty("name", .string, "The name."),
        JSONProperty("tier", .string.nullable, "How it is served: what conditions call `organization_tier`."),
        JSONProperty("calendar_id", .id.nullable, "Whose hours business targets count by, where the policy names no calendar."),
        JSONProperty("external_ref", .string.nullable, "Its id in another system."),
    ]

    func writeFields(to writer: inout JSONWriter) {
        writer.field("name", name)
        writer.field("tier", tier)
        writer.field("calendar_id", calendarID)
        writer.field("external_ref", externalReference)
    }
}

enum OrganizationFields {
    static let name = RequestField("name", .text(1...200), "The name; unique in the tenant.")
    static let tier = RequestField("tier", .text(1...64), "How it is served: `gold`. a-z, 0-9 and _.:-, a letter or digit first.")
    static let calendar = RequestField(
        "calendar_id",
        .id(Entity.Calendar.self),
        "Whose hours business targets count by, where the policy names no calendar."
    )
    static let externalReference = RequestField("external_ref", .text(1...200), "Its id in another system; unique in the tenant.")
}

struct CreateOrganization: NewContent {
    static let schema = JSONSchema.object(
        "CreateOrganization",
        [
            OrganizationFields.name.required, OrganizationFields.tier.optional, OrganizationFields.calendar.optional,
            OrganizationFields.externalReference.optional,
        ],
        isClosed: true
    )

    let content: OrganizationContent

    init?(from reader: inout ObjectReader) {
        let name = reader.required(OrganizationFields.name)
        let tier = reader.optional(OrganizationFields.tier)
        let calendar = reader.optional(OrganizationFields.calendar)
        let externalReference = reader.optional(OrganizationFields.externalReference)
        guard let name else { return nil }
        content = OrganizationContent(name: name, tier: tier, calendarID: calendar, externalReference: externalReference)
    }
}

struct PatchOrganization: ContentChange {
    static let schema = JSONSchema.object(
        "PatchOrganization",
        [
            OrganizationFields.name.optional, OrganizationFields.tier.clearable, OrganizationFields.calendar.clearable,
            OrganizationFields.externalReference.clearable,
        ],
        isClosed: true
    )

    let name: String?
    let tier: Patch<String>
    let calendar: Patch<CalendarID>
    let externalReference: Patch<String>

    init?(from reader: inout ObjectReader) {
        name = reader.optional(OrganizationFields.name)
        tier = reader.patch(OrganizationFields.tier)
        calendar = reader.patch(OrganizationFields.calendar)
        externalReference = reader.patch(OrganizationFields.externalReference)
    }

    func applied(to before: OrganizationContent) -> OrganizationContent {
        OrganizationContent(
            name: name ?? before.name,
            tier: tier.applied(to: before.tier),
            calendarID: calendar.applied(to: before.calendarID),
            externalReference: externalReference.applied(to: before.externalReference)
        )
    }
}
