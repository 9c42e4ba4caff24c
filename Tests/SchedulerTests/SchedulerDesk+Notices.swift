import Domain
import TestSupport
import UseCases

/// Quiet hours, and what a courier sends.
extension SchedulerDesk {
    static let resolutionWithinAnHour = #"{"name":"P","targets":[{"metric":"resolution","seconds":3600,"mode":"calendar"}]}"#

    /// Quiet around the clock but for one hour of the day, which may be the first or the last.
    ///
    /// - Parameter channels: beside mail, which comes first.
    func quiet(exceptHour hour: Int, more: String = "", channels: String = #"{"type":"email"}"#) -> String {
        func pad(_ hour: Int) -> String { hour < 10 ? "0\(hour)" : "\(hour)" }
        let spans = [(0, hour), (hour + 1, 24)].filter { $0.0 < $0.1 }.map { #"["\#(pad($0.0)):00","\#(pad($0.1)):00"]"# }
        let days = Weekday.allCases.map { day in #""\#(day.rawValue)":[\#(spans.joined(separator: ","))]"# }
        return #"{"tz":"UTC","quiet_hours":{\#(days.joined(separator: ","))},"channels":[\#(channels)],"in_quiet_hours":"wait"\#(more)}"#
    }

    /// The hour of the day, UTC, in so many hours from now.
    func hour(ahead: Int) async throws -> Int {
        try await number("SELECT extract(hour FROM (docket.now() + interval '\(ahead) hours') AT TIME ZONE 'UTC')::int")
    }

    /// It is quiet for an agent until a full hour, 11 to 12 hours from now.
    func setQuiet(_ agent: AgentID, until ahead: Int = 12, channels: String = #"{"type":"email"}"#) async throws {
        let settings = quiet(exceptHour: try await hour(ahead: ahead), channels: channels)
        try await database.sql("UPDATE docket.agent SET notifications = '\(settings)' WHERE id = '\(agent)'")
    }

    /// Until the first of the notices that wait is due.
    func advanceToMorning() async throws {
        let wait = try await value("SELECT extract(epoch FROM min(due_at) - docket.now()) FROM docket.held_notice")
        try await advance(by: (Double(wait) ?? 0) + 0.001)
    }

    /// What a scheduler does with the notices whose time has come.
    @discardableResult
    func release(limit: Int = HeldNotices.batchLimit) async throws -> HeldNoticeReport {
        try await HeldNotices(environment: scheduler).release(in: tenant.id, limit: limit)
    }

    /// Why notices were not sent.
    func drops() async throws -> [String] {
        try await database.sql("SELECT detail FROM docket.delivery_attempt WHERE outcome = 'dropped' AND kind = 'notice' ORDER BY 1").map { $0[0] }
    }

    func addEndpoint(events: String = "{ticket.closed}") async throws -> WebhookEndpointID {
        let endpoint: WebhookEndpointID = IdentifierSource().next()
        try await database.sql(
            """
            INSERT INTO docket.webhook_endpoint (tenant_id, id, url, event_types, sealed_secret, created_at, updated_at)
            VALUES ('\(tenant.id)', '\(endpoint)', 'https://example.com', '\(events)', '\\x00', docket.now(), docket.now());
            UPDATE docket.tenant_configuration SET version = version + 1;
            """
        )
        return endpoint
    }

    /// Delivers every mail that is due, as a courier does.
    func deliverMails() async throws -> [MailPayload] {
        try await deliver(to: nil).compactMap { if case .mail(let payload) = $0.content { payload } else { nil } }
    }

    /// Delivers everything that is due to a receiver, as a courier does.
    func deliver(to endpoint: WebhookEndpointID?) async throws -> [Delivery] {
        try await database.withEnvironment(role: "docket_courier") { courier in
            let deliveries = Deliveries(database: courier.database)
            let lane = DeliveryLane(tenant: tenant.id, endpoint: endpoint)
            let claim = try await deliveries.claim(of: tenant.id, rooms: [LaneRoom(lane, room: 100)], limit: 100, takesSuspect: false)
            for delivery in claim.deliveries {
                _ = try await deliveries.settle(delivery, .delivered, record: AttemptRecord(statusCode: 250, detail: "ok", duration: 1))
            }
            return claim.deliveries
        }
    }
}

extension Delivery {
    /// A webhook's body.
    var text: String {
        if case .webhook(let webhook) = content { String(decoding: webhook.body, as: UTF8.self) } else { "" }
    }
}
