import Domain
import HTTPAPI
import HTTPTypes

/// Operations of every shape, as the real ones are written.
enum WidgetEndpoints {
    static let create = Endpoint<NoPath, NoQuery, CreateWidget, Widget>(
        "createWidget",
        .post,
        "/v1/widgets",
        tag: "widgets",
        summary: "Makes a widget",
        scope: .ticketsWrite,
        idempotency: .optional,
        hasEntityTag: true,
        statuses: [.created]
    )
    static let list = Endpoint<NoPath, WidgetQuery, NoBody, Page<Widget>>(
        "listWidgets",
        .get,
        "/v1/widgets",
        tag: "widgets",
        summary: "Lists widgets",
        scope: .ticketsRead
    )
    static let get = Endpoint<WidgetPath, NoQuery, NoBody, Widget>(
        "getWidget",
        .get,
        "/v1/widgets/{widget_id}",
        tag: "widgets",
        summary: "Shows a widget",
        scope: .ticketsRead,
        hasEntityTag: true
    )
    static let update = Endpoint<WidgetPath, NoQuery, PatchWidget, Widget>(
        "updateWidget",
        .patch,
        "/v1/widgets/{widget_id}",
        tag: "widgets",
        summary: "Changes a widget",
        scope: .ticketsWrite,
        isConditional: true,
        hasEntityTag: true
    )
    static let press = Endpoint<WidgetPath, NoQuery, NoBody, NoContent>(
        "pressWidget",
        .post,
        "/v1/widgets/{widget_id}/press",
        tag: "widgets",
        summary: "Presses a widget",
        scope: .ticketsWrite,
        statuses: [.noContent]
    )
    static let hang = Endpoint<NoPath, NoQuery, NoBody, NoContent>(
        "hang",
        .post,
        "/v1/hang",
        tag: "faults",
        summary: "Waits",
        scope: .ticketsWrite,
        statuses: [.noContent],
        timeout: .zero
    )
    static let fail = Endpoint<NoPath, NoQuery, NoBody, NoContent>(
        "fail",
        .post,
        "/v1/fail",
        tag: "faults",
        summary: "Fails",
        scope: .ticketsWrite,
        statuses: [.noContent]
    )

    /// Known to the one tenant of the tests; every other id is not found.
    static let known = Widget(name: "known", size: 3, version: 7)

    static func routes(records: RecordStore = RecordStore()) -> APIRoutes {
        var routes = APIRoutes()
        routes.add(create) { call in
            let widget = Widget(name: call.body.name, size: call.body.size, colour: call.body.colour, tags: call.body.tags, dueAt: call.body.dueAt)
            let reply = Reply.created(widget, location: "/v1/widgets/\(widget.id)", entityTag: widget.entityTag)
            guard let idempotency = call.idempotency else { return reply }
            return try await records.answer(idempotency, reply)
        }
        routes.add(list) { call in
            let start = call.query.page.after?.keys.first.map { if case .integer(let start) = $0 { Int(start) } else { 0 } } ?? 0
            let end = min(start + call.query.page.limit, 5)
            let rows = (start..<end).map { Widget(name: "w\($0)") }
            return .ok(try Page(rows, next: end < 5 ? Cursor([.integer(Int64(end))]) : nil, of: call.query.page))
        }
        routes.add(get) { call in
            guard call.path.id == known.id else { throw Problem.notFound }
            return .ok(known, entityTag: known.entityTag)
        }
        routes.add(update) { call in
            guard call.path.id == known.id else { throw Problem.notFound }
            guard call.ifMatch?.precondition(on: known.id).allows(known.version) == true else {
                throw Problem.preconditionFailed(current: known.entityTag)
            }
            var widget = known
            widget.name = call.body.name ?? widget.name
            widget.size = call.body.size.applied(to: widget.size)
            widget.version += 1
            return .ok(widget, entityTag: widget.entityTag)
        }
        routes.add(press) { _ in .noContent }
        routes.add(hang) { _ in
            // Ends by being cancelled, or never.
            try await Task.sleep(for: .seconds(3_600))
            return .noContent
        }
        routes.add(fail) { _ in throw Defect(secret: "row data") }
        return routes
    }
}

struct Defect: Error {
    let secret: String
}
