import Domain

extension ResourceContent: DirectoryContent {
    static let names = DirectoryNames(
        type: "Resource",
        plural: "Resources",
        phrase: "a bookable resource",
        path: "resources",
        parameter: "resource_id",
        read: .resourcesRead,
        write: .resourcesWrite
    )

    static let properties = [
        JSONProperty("name", .string, "The name."),
        JSONProperty("type", .string, "The kind of thing."),
        JSONProperty("active", .boolean, "Whether it can be booked."),
    ]

    func writeFields(to writer: inout JSONWriter) {
        writer.field("name", name)
        writer.field("type", type)
        writer.field("active", isActive)
    }
}

enum ResourceFields {
    static let name = RequestField("name", .text(1...200), "The name; unique in the tenant.")
    static let type = RequestField("type", .text(1...64), "The kind of thing: licence, test environment, …")
    static let active = RequestField("active", .boolean, "Whether it can be booked.")
}

struct CreateResource: NewContent {
    static let schema = JSONSchema.object(
        "CreateResource",
        [ResourceFields.name.required, ResourceFields.type.required, ResourceFields.active.optional],
        isClosed: true
    )

    let content: ResourceContent

    init?(from reader: inout ObjectReader) {
        let name = reader.required(ResourceFields.name)
        let type = reader.required(ResourceFields.type)
        let isActive = reader.optional(ResourceFields.active) ?? true
        guard let name, let type else { return nil }
        content = ResourceContent(name: name, type: type, isActive: isActive)
    }
}

struct PatchResource: ContentChange {
    static let schema = JSONSchema.object(
        "PatchResource",
        [ResourceFields.name.optional, ResourceFields.type.optional, ResourceFields.active.optional],
        isClosed: true
    )

    let name: String?
    let type: String?
    let isActive: Bool?

    init?(from reader: inout ObjectReader) {
        name = reader.optional(ResourceFields.name)
        type = reader.optional(ResourceFields.type)
        isActive = reader.optional(ResourceFields.active)
    }

    func applied(to before: ResourceContent) -> ResourceContent {
        ResourceContent(name: name ?? before.name, type: type ?? before.type, isActive: isActive ?? before.isActive)
    }
}
