/// One page of a list: `{data, next_cursor, has_more}` (api.md 5). A page may be short; the end is where `next_cursor` is null.
public struct Page<Item: ResponseObject>: ResponseObject {
    public let items: [Item]
    /// The caller's text for the next page.
    public let nextCursor: String?
    /// The `Link` header's value.
    let link: String?

    /// - Parameter next: the place after the last row, nil at the end.
    public init(_ items: [Item], next: Cursor?, of request: PageRequest) throws {
        self.items = items
        nextCursor = try next.map { try request.token(for: $0) }
        link = nextCursor.map { request.link(to: $0) }
    }

    public static var schema: JSONSchema {
        .object(
            nil,
            [
                JSONProperty("data", .array(of: Item.schema, count: 0...PageRequest.maximumLimit), "The rows."),
                JSONProperty("next_cursor", .string.nullable, "For the next page; null at the end."),
                JSONProperty("has_more", .boolean, "Whether there is a next page."),
            ]
        )
    }

    public func write(to writer: inout JSONWriter) {
        writer.object { writeMembers(to: &$0) }
    }

    /// Writes the members into an open object.
    func writeMembers(to writer: inout JSONWriter) {
        writer.field("data", items)
        writer.field("next_cursor", nextCursor)
        writer.field("has_more", nextCursor != nil)
    }
}
