import Domain
import HTTPAPI

/// A resource that only these tests have: every kind of field once.
struct Widget: ResponseObject {
    enum Colour: String, CaseIterable, Sendable {
        case red, green
    }

    var id = TicketID(high: 1, low: 2)
    var name: String
    var size: Int?
    var colour: Colour?
    var tags: [String] = []
    var dueAt: Timestamp?
    var version: Int64 = 1

    var entityTag: EntityTag { EntityTag(version: version, of: id) }

    static let schema = JSONSchema.object(
        "Widget",
        [
            JSONProperty("id", .id, "Its id."),
            JSONProperty("etag", EntityTag.schema, "Its version."),
            JSONProperty("name", .string, "Its name."),
            JSONProperty("size", .integer().nullable, "Its size."),
            JSONProperty("colour", JSONSchema.codes(Colour.self).nullable, "Its colour."),
            JSONProperty("tags", .array(of: .string), "Its tags."),
            JSONProperty("due_at", JSONSchema.timestamp.nullable, "When it is due."),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("id", id)
            writer.field("etag", entityTag)
            writer.field("name", name)
            writer.field("size", size)
            writer.field("colour", code: colour)
            writer.field("tags", tags)
            writer.field("due_at", dueAt)
        }
    }
}
