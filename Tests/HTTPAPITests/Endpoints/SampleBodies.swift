/// A valid body for every operation that takes one; ids of things are filled in from what exists.
enum SampleBodies {
    static func body(of operation: String, ids: [String: String], name: String) -> String? {
        func id(_ name: String) -> String { ids[name] ?? "00000000-0000-7000-8000-000000000001" }
        return switch operation {
        case "createTicket":
            #"{"subject":"\#(name)","description":"\#(name)","priority":"P2","fields":{"amount":12.5,"note":"\#(name)","flag":true}}"#
        case "createTickets": #"{"items":[{"subject":"\#(name)"},{"subject":"\#(name) 2","impact":1,"urgency":1}],"atomic":false}"#
        case "updateTicket":
            #"{"subject":"\#(name) changed","fields":{"amount":null},"category":"hardware","service_area":"north","latitude":59.913868,"longitude":10.75}"#
        case "replyToTicket": #"{"body":"\#(name)","author":{"type":"agent","agent_id":"\#(id("agent_id"))"}}"#
        case "addTicketNote": #"{"body":"\#(name)"}"#
        case "transitionTicket": #"{"state":"resolved"}"#
        case "assignTicket", "claimTicket", "acceptTicketOffer", "declineTicketOffer": #"{"agent_id":"\#(id("agent_id"))"}"#
        case "transferTicket": #"{"to":{"agent_id":"\#(id("agent_id"))"},"reason":"\#(name)","note":"\#(name)"}"#
        case "mergeTicket": #"{"into_id":"\#(id("other_ticket_id"))"}"#
        case "splitTicket": #"{"message_ids":["\#(id("message_id"))"],"subject":"\#(name)"}"#
        case "returnTicket": #"{"reason":"\#(name)"}"#
        case "escalateTicket": #"{"reason":"\#(name)","trigger":"complaint"}"#
        case "urgeTicket": #"{"text":"\#(name)","requester_id":"\#(id("requester_id"))"}"#
        case "createConsultation": #"{"agent_id":"\#(id("agent_id"))","question":"\#(name)"}"#
        case "answerConsultation": #"{"body":"\#(name)"}"#
        case "createResource": #"{"name":"\#(name)","type":"licence"}"#
        case "updateResource": #"{"name":"\#(name) changed"}"#
        case "createPlaybook", "replacePlaybook":
            #"{"name":"\#(name)","trigger":"delayed","steps":[{"title":"\#(name)","instructions":"first\nthen","due_after_seconds":60}]}"#
        case "reportTicketChange": #"{"trigger":"delayed","note":"\#(name)"}"#
        case "finishTicketTask": #"{"outcome":"done","note":"\#(name)"}"#
        case "createSite":
            #"{"name":"\#(name)","calendar_id":"\#(id("calendar_id"))","service_area":"north","latitude":59.913868,"longitude":10.75}"#
        case "updateSite": #"{"name":"\#(name) changed","latitude":null,"longitude":null}"#
        case "createBooking":
            #"{"resource_id":"\#(id("resource_id"))","starts_at":"2090-01-01T00:00:00Z","ends_at":"2090-01-02T00:00:00Z"}"#
        case "redeliverToWebhookEndpoint":
            #"{"event_type":"ticket.created","since":"2020-01-01T00:00:00Z","until":"2090-01-01T00:00:00Z","limit":10}"#
        case "updateSettlement": #"{"amount":12500,"currency":"CNY"}"#
        case "createAgent": #"{"name":"\#(name)","email":"\#(name)@example.com","skills":[{"skill_id":"\#(id("skill_id"))","level":3}]}"#
        case "updateAgent":
            #"{"name":"\#(name) changed","capacity":7,"service_areas":["north","süd"],"latitude":-33.86882,"longitude":151.20929}"#
        case "createOnCallRota":
            #"{"name":"\#(name)","tz":"Europe/Berlin","starts_on":"2026-01-05","handover":"09:00","shift_hours":168,"#
                + #""members":["\#(id("agent_id"))"],"overrides":[{"from":"2026-05-01T00:00:00Z","to":"2026-05-02T00:00:00Z","#
                + #""agent_id":"\#(id("agent_id"))"}]}"#
        case "replaceOnCallRota":
            #"{"name":"\#(name)","tz":"UTC","starts_on":"2026-01-05","handover":"00:00","shift_hours":24,"members":["\#(id("agent_id"))"]}"#
        case "putAgentNotifications":
            #"{"tz":"Asia/Shanghai","quiet_hours":{"mon":[["22:00","31:00"]]},"channels":[{"type":"email"},{"type":"webhook","#
                + #""id":"\#(id("webhook_endpoint_id"))"}],"in_quiet_hours":"next_channel","breaks_through":"P1"}"#
        case "putEscalationSettings": #"{"fallback_email":"duty@example.com"}"#
        case "addTicketFollower": #"{"agent_id":"\#(id("agent_id"))"}"#
        case "putAgentPresence": #"{"status":"online","lease_seconds":60}"#
        case "createAbsence":
            #"{"kind":"vacation","reason":"\#(name)","tickets":"all","starts_at":"2090-01-01T00:00:00Z","ends_at":"2090-01-15T00:00:00Z"}"#
        case "createGroup": #"{"name":"\#(name)","head_agent_id":"\#(id("agent_id"))"}"#
        case "updateGroup": #"{"head_agent_id":null}"#
        case "createSkill": #"{"key":"\#(name)","name":"\#(name)"}"#
        case "updateSkill": #"{"name":"\#(name) changed"}"#
        case "createQueue":
            #"{"name":"\#(name)","mode":"best_skill","steps":[{"after":60,"tier":1,"drop_from":3}],"position":3,"#
                + #""match":[{"field":"type","op":"equals","value":"\#(name)"}],"rules":[{"name":"\#(name)","#
                + #""conditions":[{"field":"requester_vip","op":"equals","value":true}],"keywords":["\#(name)"],"#
                + #""set":{"required_skills":[{"skill_id":"\#(id("skill_id"))","level":2}],"priority":"P2"}}],"#
                + #""weights":[{"conditions":[{"field":"priority","op":"equals","value":1}],"weight":3}]}"#
        case "updateQueue":
            #"{"escalations":[{"trigger":"unassigned","after_seconds":900,"mode":"business","chain_id":"\#(id("escalation_chain_id"))"},"#
                + #"{"trigger":"no_taker"}],"boost_minutes":15,"vip_boost_minutes":30,"mode":"nearest","order_by":"deadline","sticky_days":14,"overflow_after_seconds":900,"#
                + #""calendar_id":"\#(id("calendar_id"))"}"#
        case "addQueueMembers": #"{"members":[{"agent_id":"\#(id("agent_id"))","tier":1}]}"#
        case "addGroupMembers": #"{"members":[{"agent_id":"\#(id("agent_id"))"}]}"#
        case "createRequester": #"{"name":"\#(name)","email":"\#(name)@example.org","language":"pt-br"}"#
        case "updateRequester": #"{"vip":true,"organization_id":"\#(id("organization_id"))"}"#
        case "createOrganization":
            #"{"name":"\#(name)","tier":"silver","calendar_id":"\#(id("calendar_id"))","external_ref":"\#(name)"}"#
        case "updateOrganization": #"{"tier":"gold","calendar_id":null}"#
        case "createContract":
            #"{"organization_id":"\#(id("organization_id"))","number":"\#(name)","name":"\#(name)","valid_from":"2026-01-01T00:00:00Z","#
                + #""valid_to":"2027-01-01T00:00:00Z","currency":"EUR","policy_ids":["\#(id("sla_policy_id"))"],"monthly_cap":100000}"#
        case "updateContract": #"{"name":"\#(name) changed","monthly_cap":null,"policy_ids":[]}"#
        case "putPriorityMatrix":
            #"{"matrix":[["P1","P2","P3"],["P2","P3","P4"],["P3","P4","P4"]],"tiers":[{"tier":"gold","#
                + #""matrix":[["P1","P1","P2"],["P1","P2","P3"],["P2","P3","P3"]]}]}"#
        case "putSLASettings": #"{"calendar_id":"\#(id("calendar_id"))"}"#
        case "putLifecycleSettings": #"{"close_resolved_after_days":14,"archive_closed_after_days":null}"#
        case "createCalendar":
            #"{"name":"\#(name)","tz":"Europe/Berlin","weekly":{"mon":[["09:00","17:00"]]},"holidays":["2027-05-03"],"#
                + #""closures":[{"from":"12-24","to":"01-02","yearly":true,"name":"\#(name)"}],"openings":{"2027-05-08":[["10:00","12:00"]]}}"#
        case "replaceCalendar": #"{"name":"\#(name)","tz":"UTC","always_open":true}"#
        case "importCalendarHolidays":
            #"{"year":2027,"days":[{"name":"\#(name)","date":"2027-02-06","isOffDay":true},{"from":"2027-10-01","to":"2027-10-07","type":"holiday"}]}"#
        case "createSLAPolicy":
            #"{"name":"\#(name)","position":5,"targets":[{"metric":"resolution","priority":2,"seconds":7200,"mode":"business"}],"#
                + #""conditions":{"all":[{"field":"type","op":"equals","value":"incident"},{"not":{"field":"state","op":"is_set","value":false}}]},"#
                + #""calendar_id":"\#(id("calendar_id"))","chain_id":"\#(id("escalation_chain_id"))","warnings":[{"percent":75}],"#
                + #""pauses":[{"metric":"resolution","category":"pending"}],"options":{"reopen":"continue"}}"#
        case "replaceSLAPolicy":
            #"{"name":"\#(name)","position":6,"targets":[{"metric":"first_response","seconds":60,"mode":"calendar"}]}"#
        case "previewSLAPolicy":
            #"{"policy_id":"\#(id("sla_policy_id"))","policy":{"name":"\#(name)","position":6,"#
                + #""targets":[{"metric":"resolution","seconds":60,"mode":"calendar"}]},"limit":100,"sample":5}"#
        case "lintSLAPolicies":
            #"{"policy":{"name":"\#(name)","position":6,"targets":[{"metric":"resolution","seconds":60,"mode":"calendar"}]}}"#
        case "createEscalationChain":
            #"{"name":"\#(name)","levels":[{"targets":[{"type":"agent","id":"\#(id("agent_id"))"},{"type":"assignee"},{"type":"manager"}],"#
                + #""timeout":600,"mode":"wall","condition":"not_acked","actions":["notify","start_flow"],"flow":"calm"}],"repeats":1,"ack_ttl":3600}"#
        case "replaceEscalationChain":
            #"{"name":"\#(name)","levels":[{"targets":[{"type":"assignee"}],"timeout":60,"mode":"wall","condition":"not_acked","actions":["notify"]}]}"#
        case "computePenalties": #"{"month":"2026-10"}"#
        case "requestPenaltyWaiver": #"{"reason":"\#(name)","agent_id":"\#(id("agent_id"))"}"#
        case "approvePenaltyWaiver", "rejectPenaltyWaiver": #"{"note":"\#(name)","agent_id":"\#(id("agent_id"))"}"#
        case "createWebhookEndpoint": #"{"url":"https://example.com/\#(name)","description":"\#(name)","event_types":["ticket.created"]}"#
        case "updateWebhookEndpoint": #"{"status":"disabled"}"#
        case "createAPIKey":
            #"{"name":"\#(name)","scopes":["tickets:read"],"expires_at":"2090-01-01T00:00:00Z","agent_id":"\#(id("agent_id"))","vip":true,"#
                + #""priority_floor":"P2","queue_id":"\#(id("queue_id"))"}"#
        case "rotateWebhookSecret": #"{"overlap_seconds":3600}"#
        default: nil
        }
    }
}
