import Domain

/// One thing of the directory with its id, version and times.
struct DirectoryResource<Content: DirectoryContent>: ResponseObject {
    let record: Versioned<Content>

    init(_ record: Versioned<Content>) {
        self.record = record
    }

    var entityTag: EntityTag { EntityTag(version: record.version, of: record.id) }
    var location: String { "/v1/\(Content.names.path)/\(record.id)" }

    static var schema: JSONSchema { .object(Content.names.type, properties) }

    static var properties: [JSONProperty] {
        [JSONProperty("id", .id, "Its id."), JSONProperty("etag", EntityTag.schema, "Its version, for If-Match.")] + Content.properties + [
            JSONProperty("created_at", .timestamp, "When it was made."),
            JSONProperty("updated_at", .timestamp, "When it was changed last."),
        ]
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writeFields(to: &$0) }
    }

    /// Writes the members into an open object.
    func writeFields(to writer: inout JSONWriter) {
        writer.field("id", record.id)
        writer.field("etag", entityTag)
        record.content.writeFields(to: &writer)
        writer.field("created_at", record.createdAt)
        writer.field("updated_at", record.updatedAt)
    }
}

extension Reply {
    /// A thing as it is, or as a write left it.
    static func resource<Content>(_ record: Versioned<Content>) -> Reply where Output == DirectoryResource<Content> {
        let resource = DirectoryResource(record)
        return .ok(resource, entityTag: resource.entityTag)
    }

    static func newResource<Content>(_ record: Versioned<Content>) -> Reply where Output == DirectoryResource<Content> {
        let resource = DirectoryResource(record)
        return .created(resource, location: resource.location, entityTag: resource.entityTag)
    }
}
