import Domain
import UseCases

extension TicketEndpoints {
    static func addQueries(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        addTickets(to: &routes, environment.ticketQueries)
        addContents(to: &routes, environment.ticketQueries)
        addClocks(to: &routes, environment.timers)
        addExplanation(to: &routes, environment.routing)
    }

    private static func addTickets(to routes: inout APIRoutes, _ queries: TicketQueries) {
        routes.add(list) { call in
            let view = call.query.view
            let (tenant, page) = (call.principal.tenantID, call.query.page)
            try view.authorise(call.principal)
            let rows = try await queries.tickets(
                in: tenant,
                filter: call.query.filter.seen(by: call.principal),
                order: call.query.order,
                after: call.query.position,
                limit: page.limit + 1
            )
            let related = try await queries.related(to: rows.prefix(page.limit).map(\.ticket), view.relations, in: tenant)
            return .ok(
                try Page(rows: rows, isCut: rows.last?.hasNext == true, of: page, cursor: TicketListQuery.cursor) {
                    ViewedTicket(ticket: $0.ticket, view: view, related: related)
                }
            )
        }
        routes.add(count) { call in
            let count = try await queries.count(in: call.principal.tenantID, filter: call.query.filter.seen(by: call.principal))
            return .ok(TicketCountResource(count: count))
        }
        routes.add(get) { call in
            let view = call.query.view
            try view.authorise(call.principal)
            let ticket = try await queries.ticket(call.path.id, in: call.principal.tenantID)
            let related = try await queries.related(to: [ticket], view.relations, in: call.principal.tenantID)
            // The tag is the ticket's: it says nothing about what is told beside it.
            return .ok(
                ViewedTicket(ticket: ticket, view: view, related: related),
                entityTag: view.relations.isEmpty ? TicketResource(ticket).entityTag : nil
            )
        }
    }

    /// What was said and done.
    private static func addContents(to routes: inout APIRoutes, _ queries: TicketQueries) {
        routes.add(messages) { call in
            let (page, tenant, viewer) = (call.query.page, call.principal.tenantID, call.principal.viewer)
            let rows = try await queries.messages(of: call.path.id, in: tenant, viewer: viewer, after: page.after(), limit: page.limit + 1)
            let cursor = { (row: ListedMessage) in Cursor(row.message.id) }
            return .ok(try Page(rows: rows, isCut: rows.last?.hasNext == true, of: page, cursor: cursor) { MessageResource($0.message) })
        }
        routes.add(history) { call in
            let page = call.query.page
            let rows = try await queries.historyPage(
                of: call.path.id,
                in: call.principal.tenantID,
                viewer: call.principal.viewer,
                after: page.afterNumber ?? 0,
                limit: page.limit + 1
            )
            let cursor = { (row: HistoryEntry) in Cursor([.integer(Int64(row.event.sequence))]) }
            return .ok(try Page(rows: rows, isCut: rows.last?.hasNext == true, of: page, cursor: cursor) { EventResource($0.event) })
        }
    }

    /// What was promised, and how long it took.
    private static func addClocks(to routes: inout APIRoutes, _ queries: TimerQueries) {
        routes.add(timers) { call in
            let page = call.query.page
            let timers = try await queries.timers(
                of: call.path.id,
                in: call.principal.tenantID,
                after: page.afterTimer,
                limit: page.limit
            )
            return .ok(try TimersResource(timers, of: page))
        }
        routes.add(statement) { call in
            let statement = try await queries.statement(of: call.path.id, in: call.principal.tenantID)
            return .ok(StatementResource(ticketID: call.path.id, statement: statement, language: call.query.language))
        }
        routes.add(handling) { call in
            .ok(
                HandlingResource(
                    ticketID: call.path.id,
                    handling: try await queries.handling(of: call.path.id, in: call.principal.tenantID)
                )
            )
        }
    }

    private static func addExplanation(to routes: inout APIRoutes, _ routing: RoutingExplanations) {
        routes.add(explanation) { call in
            let (ticket, tenant, assignment) = (call.path.id, call.principal.tenantID, call.query.sequence)
            let explanation = try await routing.explain(ticket, in: tenant, asOfNow: call.query.isNow, assignment: assignment)
            let intake = try await routing.intake(of: ticket, in: tenant)
            let offers = try await routing.offers(of: ticket, in: tenant, assignment: assignment)
            return .ok(RoutingExplanationResource(ticketID: ticket, explanation: explanation, intake: intake, offers: offers))
        }
    }
}
