import Domain
import HTTPAPI

enum WidgetFields {
    static let name = RequestField("name", .text(1...20), "Its name.")
    static let note = RequestField("note", .text(0...100, lines: true), "A note.")
    static let size = RequestField("size", .integer(0...1_000), "Its size.")
    static let colour = RequestField("colour", JSONType<Widget.Colour>.code, "Its colour.")
    static let owner = RequestField("owner_id", .id(Entity.Agent.self), "Whose it is.")
    static let dueAt = RequestField("due_at", .timestamp, "When it is due.")
    static let urgent = RequestField("urgent", .boolean, "Whether it is urgent.")
    static let tags = RequestField("tags", .array(of: .text(1...10), 0...3), "Its tags.")
    static let maker = RequestField("maker", JSONType<WidgetMaker>.object, "Who made it.")
    static let custom = RequestField("custom", .raw(maximumBytes: 200), "Anything.")
}

struct WidgetMaker: RequestObject {
    static let name = RequestField("name", .text(1...20), "Its name.")
    static let schema = JSONSchema.object("WidgetMaker", [name.required], isClosed: true)

    init?(from reader: inout ObjectReader) {
        guard reader.required(WidgetMaker.name) != nil else { return nil }
    }
}

struct CreateWidget: RequestObject {
    let name: String
    let size: Int?
    let colour: Widget.Colour?
    let tags: [String]
    let dueAt: Timestamp?

    static let schema = JSONSchema.object(
        "CreateWidget",
        [
            WidgetFields.name.required, WidgetFields.note.optional, WidgetFields.size.optional, WidgetFields.colour.optional,
            WidgetFields.owner.optional, WidgetFields.dueAt.optional, WidgetFields.urgent.optional, WidgetFields.tags.optional,
            WidgetFields.maker.optional, WidgetFields.custom.optional,
        ],
        isClosed: true
    )

    init?(from reader: inout ObjectReader) {
        let name = reader.required(WidgetFields.name)
        _ = reader.optional(WidgetFields.note)
        size = reader.optional(WidgetFields.size)
        colour = reader.optional(WidgetFields.colour)
        _ = reader.optional(WidgetFields.owner)
        dueAt = reader.optional(WidgetFields.dueAt)
        _ = reader.optional(WidgetFields.urgent)
        tags = reader.optional(WidgetFields.tags) ?? []
        _ = reader.optional(WidgetFields.maker)
        _ = reader.optional(WidgetFields.custom)
        guard let name else { return nil }
        self.name = name
    }
}

struct PatchWidget: RequestObject {
    let name: String?
    let size: Patch<Int>

    static let schema = JSONSchema.object("PatchWidget", [WidgetFields.name.optional, WidgetFields.size.clearable], isClosed: true)

    init?(from reader: inout ObjectReader) {
        name = reader.optional(WidgetFields.name)
        size = reader.patch(WidgetFields.size)
    }
}

struct WidgetPath: PathParameters {
    static let field = PathField("widget_id", .id(Entity.Ticket.self), "Which one.")
    static let parameters = [field.parameter]
    let id: TicketID

    init(from reader: PathReader) throws(Problem) {
        id = try reader.value(WidgetPath.field)
    }
}

struct WidgetQuery: QueryParameters {
    enum SortKey: String, CaseIterable, Sendable {
        case name
        case size
    }

    static let colour = QueryField("colour", ParameterType<Widget.Colour>.code, "Colours.")
    static let due = QueryField("due_at", .timestamp, "Due.")
    static let sort = SortField<SortKey>(defaultOrder: [.init(.name)])
    static let parameters = [colour.list(maximum: 2)] + due.range + [sort.parameter] + PageRequest.parameters

    let colours: [Widget.Colour]
    let due: FilterRange<Timestamp>
    let order: [SortField<SortKey>.Term]
    let page: PageRequest

    init?(from reader: inout QueryReader) {
        colours = reader.list(WidgetQuery.colour, maximum: 2)
        due = reader.range(WidgetQuery.due)
        order = reader.sort(WidgetQuery.sort)
        page = reader.page()
    }
}
