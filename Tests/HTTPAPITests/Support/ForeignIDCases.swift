/// For each place of a body where an id stands. A new place needs a case here.
struct ForeignIDCases {
    private(set) var cases: [IDPlaces.Place: [ForeignIDCase]] = [:]

    /// - Parameter own: the caller's own things, for the rest of a body.
    init(own: [String: String]) {
        tickets(own)
        verbs(own)
        directory()
        queues()
        promises(own)
        escalations(own)
    }

    private mutating func add(
        _ operations: String...,
        at pointer: String,
        _ body: String,
        kind: String,
        path: [String: String] = [:],
        isNeverTaken: Bool = false
    ) {
        let each = ForeignIDCase(body: body, kind: kind, path: path, isNeverTaken: isNeverTaken)
        for operation in operations { cases[IDPlaces.Place(operation, pointer), default: []].append(each) }
    }

    private mutating func tickets(_ own: [String: String]) {
        let members = [
            ("/queue_id", #""queue_id":"ID""#, "queue_id"), ("/group_id", #""group_id":"ID""#, "group_id"),
            ("/site_id", #""site_id":"ID""#, "site_id"),
            ("/requester_id", #""requester_id":"ID""#, "requester_id"), ("/preferred_agent_id", #""preferred_agent_id":"ID""#, "agent_id"),
            ("/required_skills/0/skill_id", #""required_skills":[{"skill_id":"ID","level":1}]"#, "skill_id"),
            ("/optional_skills/0/skill_id", #""optional_skills":[{"skill_id":"ID","drop_rank":1}]"#, "skill_id"),
        ]
        for (pointer, member, kind) in members {
            add("createTicket", at: pointer, #"{"subject":"x",\#(member)}"#, kind: kind)
            add("updateTicket", at: pointer, "{\(member)}", kind: kind)
            add("createTickets", at: "/items/0" + pointer, #"{"items":[{"subject":"x",\#(member)}],"atomic":true}"#, kind: kind)
        }
        let message = own["message_id"] ?? ""
        let other = ["ticket_id": "other_ticket_id"]
        add("splitTicket", at: "/message_ids/0", #"{"message_ids":["ID"],"subject":"x"}"#, kind: "message_id", path: other)
        add("splitTicket", at: "/queue_id", #"{"message_ids":["\#(message)"],"subject":"x","queue_id":"ID"}"#, kind: "queue_id", path: other)
        add("splitTicket", at: "/group_id", #"{"message_ids":["\#(message)"],"subject":"x","group_id":"ID"}"#, kind: "group_id", path: other)
        add("mergeTicket", at: "/into_id", #"{"into_id":"ID"}"#, kind: "other_ticket_id")
        for operation in ["addTicketNote", "replyToTicket"] {
            add(operation, at: "/author/agent_id", #"{"body":"x","author":{"type":"agent","agent_id":"ID"}}"#, kind: "agent_id")
        }
        add("replyToTicket", at: "/author/requester_id", #"{"body":"x","author":{"type":"requester","requester_id":"ID"}}"#, kind: "requester_id")
        // A customer writes no notes.
        let note = #"{"body":"x","author":{"type":"agent","agent_id":"\#(own["agent_id"] ?? "")","requester_id":"ID"}}"#
        add("addTicketNote", at: "/author/requester_id", note, kind: "requester_id", isNeverTaken: true)
    }

    private mutating func verbs(_ own: [String: String]) {
        for target in ["agent", "queue"] {
            add("transferTicket", at: "/to/\(target)_id", #"{"to":{"\#(target)_id":"ID"},"reason":"x"}"#, kind: target + "_id")
        }
        let group = #"{"to":{"queue_id":"\#(own["queue_id"] ?? "")","group_id":"ID"},"reason":"x"}"#
        add("transferTicket", at: "/to/group_id", group, kind: "group_id")
        add("assignTicket", "claimTicket", "acceptTicketOffer", "declineTicketOffer", at: "/agent_id", #"{"agent_id":"ID"}"#, kind: "agent_id")
        add("addTicketFollower", at: "/agent_id", #"{"agent_id":"ID"}"#, kind: "agent_id")
        add("createConsultation", at: "/agent_id", #"{"agent_id":"ID","question":"x"}"#, kind: "agent_id")
        add("urgeTicket", at: "/requester_id", #"{"text":"x","requester_id":"ID"}"#, kind: "requester_id")
        let time = #""starts_at":"2091-01-01T00:00:00Z","ends_at":"2091-01-02T00:00:00Z""#
        add("createBooking", at: "/resource_id", #"{"resource_id":"ID",\#(time)}"#, kind: "resource_id")
    }

    private mutating func directory() {
        let agent = #""name":"x","email":"x@example.com","#
        for (operation, rest) in [("createAgent", agent), ("updateAgent", "")] {
            add(operation, at: "/calendar_id", #"{\#(rest)"calendar_id":"ID"}"#, kind: "calendar_id")
            add(operation, at: "/manager_id", #"{\#(rest)"manager_id":"ID"}"#, kind: "agent_id")
            add(operation, at: "/skills/0/skill_id", #"{\#(rest)"skills":[{"skill_id":"ID","level":1}]}"#, kind: "skill_id")
        }
        add("createGroup", at: "/head_agent_id", #"{"name":"x","head_agent_id":"ID"}"#, kind: "agent_id")
        add("updateGroup", at: "/head_agent_id", #"{"head_agent_id":"ID"}"#, kind: "agent_id")
        add("addGroupMembers", "addQueueMembers", at: "/members/0/agent_id", #"{"members":[{"agent_id":"ID"}]}"#, kind: "agent_id")
        add("createOrganization", at: "/calendar_id", #"{"name":"x","calendar_id":"ID"}"#, kind: "calendar_id")
        add("createSite", at: "/calendar_id", #"{"name":"x","calendar_id":"ID"}"#, kind: "calendar_id")
        add("updateOrganization", "updateSite", "putSLASettings", at: "/calendar_id", #"{"calendar_id":"ID"}"#, kind: "calendar_id")
        let requester = #"{"name":"x","email":"x@example.org","organization_id":"ID"}"#
        add("createRequester", at: "/organization_id", requester, kind: "organization_id")
        add("updateRequester", at: "/organization_id", #"{"organization_id":"ID"}"#, kind: "organization_id")
        let webhook = #"{"channels":[{"type":"webhook","id":"ID"}]}"#
        add("putAgentNotifications", at: "/channels/0/id", webhook, kind: "webhook_endpoint_id")
        for kind in ["agent_id", "queue_id"] {
            add("createAPIKey", at: "/" + kind, #"{"name":"x","scopes":["tickets:read"],"\#(kind)":"ID"}"#, kind: kind)
        }
    }

    private mutating func queues() {
        func rule(_ set: String) -> String {
            #""rules":[{"name":"x","conditions":[{"field":"requester_vip","op":"equals","value":true}],"set":{\#(set)}}]"#
        }
        let members = [
            ("/calendar_id", #""calendar_id":"ID""#, "calendar_id"), ("/escalation_chain_id", #""escalation_chain_id":"ID""#, "escalation_chain_id"),
            ("/escalations/0/chain_id", #""escalations":[{"trigger":"no_taker","chain_id":"ID"}]"#, "escalation_chain_id"),
            ("/fallback_queue_id", #""fallback_queue_id":"ID""#, "queue_id"),
            ("/overflow_queue_id", #""overflow_queue_id":"ID","overflow_after_seconds":900"#, "queue_id"),
            ("/rules/0/set/queue_id", rule(#""queue_id":"ID""#), "queue_id"),
            ("/rules/0/set/required_skills/0/skill_id", rule(#""required_skills":[{"skill_id":"ID","level":1}]"#), "skill_id"),
            ("/rules/0/set/optional_skills/0/skill_id", rule(#""optional_skills":[{"skill_id":"ID","drop_rank":1}]"#), "skill_id"),
        ]
        for (pointer, member, kind) in members {
            add("createQueue", at: pointer, #"{"name":"x",\#(member)}"#, kind: kind)
            add("updateQueue", at: pointer, "{\(member)}", kind: kind)
        }
    }

    private mutating func promises(_ own: [String: String]) {
        let contract = #""number":"x","name":"x","valid_from":"2026-01-01T00:00:00Z","currency":"EUR""#
        let organization = own["organization_id"] ?? ""
        add("createContract", at: "/organization_id", #"{"organization_id":"ID",\#(contract)}"#, kind: "organization_id")
        let policies = #"{"organization_id":"\#(organization)",\#(contract),"policy_ids":["ID"]}"#
        add("createContract", at: "/policy_ids/0", policies, kind: "sla_policy_id")
        add("updateContract", at: "/policy_ids/0", #"{"policy_ids":["ID"]}"#, kind: "sla_policy_id")
        let policy = #""name":"x","position":1,"targets":[{"metric":"resolution","seconds":60,"mode":"calendar"}]"#
        for (member, kind) in [("calendar_id", "calendar_id"), ("chain_id", "escalation_chain_id")] {
            add("createSLAPolicy", "replaceSLAPolicy", at: "/" + member, #"{\#(policy),"\#(member)":"ID"}"#, kind: kind)
            add("previewSLAPolicy", "lintSLAPolicies", at: "/policy/" + member, #"{"policy":{\#(policy),"\#(member)":"ID"}}"#, kind: kind)
        }
        add("previewSLAPolicy", "lintSLAPolicies", at: "/policy_id", #"{"policy_id":"ID","policy":{\#(policy)}}"#, kind: "sla_policy_id")
        add("requestPenaltyWaiver", at: "/agent_id", #"{"reason":"x","agent_id":"ID"}"#, kind: "agent_id")
        add("approvePenaltyWaiver", "rejectPenaltyWaiver", at: "/agent_id", #"{"agent_id":"ID"}"#, kind: "agent_id")
    }

    private mutating func escalations(_ own: [String: String]) {
        let kinds = [
            ("agent", "agent_id"), ("group", "group_id"), ("group_head", "group_id"), ("webhook", "webhook_endpoint_id"),
            ("rota", "on_call_rota_id"),
        ]
        for (type, kind) in kinds {
            let level = #"{"targets":[{"type":"\#(type)","id":"ID"}],"timeout":60,"mode":"wall","condition":"not_acked","actions":["notify"]}"#
            let chain = #"{"name":"x","levels":[\#(level)]}"#
            add("createEscalationChain", "replaceEscalationChain", at: "/levels/0/targets/0/id", chain, kind: kind)
        }
        let rota = #""name":"x","tz":"UTC","starts_on":"2026-01-05","handover":"00:00","shift_hours":24"#
        let standIn = #"{"from":"2026-05-01T00:00:00Z","to":"2026-05-02T00:00:00Z","agent_id":"ID"}"#
        let members = #""members":["\#(own["agent_id"] ?? "")"]"#
        add("createOnCallRota", "replaceOnCallRota", at: "/members/0", #"{\#(rota),"members":["ID"]}"#, kind: "agent_id")
        let replaced = #"{\#(rota),\#(members),"overrides":[\#(standIn)]}"#
        add("createOnCallRota", "replaceOnCallRota", at: "/overrides/0/agent_id", replaced, kind: "agent_id")
    }
}
