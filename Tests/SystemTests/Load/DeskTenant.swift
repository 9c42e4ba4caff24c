import Testing

/// A tenant with agents, a queue, a promise of seconds, a plan for when it is broken, and a webhook, made through the command line and the API.
struct DeskTenant: Sendable {
    /// Seconds to the first response.
    static let target = 2

    let desk: SystemDesk
    let id: String
    let key: String
    let endpoint: String

    static func make(_ slug: String, on desk: SystemDesk, webhook: String) async throws -> DeskTenant {
        let id = try await desk.operate("tenant", "create", slug)
        let key = try await desk.operate("key", "create", "--tenant", slug)
        let tenant = DeskTenant(desk: desk, id: id, key: key, endpoint: "")
        let queue = try await tenant.create("queues", #"{"name":"Support","mode":"balanced","default":true}"#)
        var members: [String] = []
        for number in 0..<4 {
            let agent = try await tenant.create("agents", #"{"name":"Agent","email":"a\#(number)@example.com","capacity":60,"ramp_up_seconds":0}"#)
            _ = try await tenant.call("PUT", "/v1/agents/\(agent)/presence", #"{"status":"online","lease_seconds":3600}"#)
            members.append(#"{"agent_id":"\#(agent)"}"#)
        }
        _ = try await tenant.call("POST", "/v1/queues/\(queue)/members", #"{"members":[\#(members.joined(separator: ","))]}"#)
        let calendar = try await tenant.create("calendars", #"{"name":"Always","tz":"UTC","always_open":true}"#)
        let targets = #"[{"metric":"first_response","seconds":\#(target),"mode":"business"}]"#
        _ = try await tenant.create(
            "sla-policies",
            #"{"name":"Quick","position":1,"calendar_id":"\#(calendar)","targets":\#(targets),"warnings":[{"percent":50}]}"#
        )
        _ = try await tenant.create(
            "playbooks",
            #"{"name":"Late","trigger":"breached","metrics":["first_response"],"steps":[{"title":"Call the customer"},{"title":"Tell the head"}]}"#
        )
        let endpoint = try await tenant.create("webhook-endpoints", #"{"url":"\#(webhook)","description":"","event_types":[]}"#)
        return DeskTenant(desk: desk, id: id, key: key, endpoint: endpoint)
    }

    private func create(_ kind: String, _ json: String) async throws -> String {
        try #require(try await call("POST", "/v1/" + kind, json).text("id"))
    }

    private func call(_ method: String, _ path: String, _ json: String) async throws -> DeskClient.Answer {
        // What may be repeated as it is takes no idempotency key.
        let isRepeatable = method == "PUT" || path.hasSuffix("/members")
        let idempotencyKey = isRepeatable ? nil : "\(UInt64.random(in: 0...UInt64.max))"
        let answer = try await desk.client.send(method, desk.api + path, bearer: key, json: json, key: idempotencyKey)
        try #require((200..<300).contains(answer.status), "\(path): \(answer.status) \(String(decoding: answer.body, as: UTF8.self))")
        return answer
    }
}
