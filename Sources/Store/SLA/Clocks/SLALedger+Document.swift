import Domain
import Postgres

/// The clocks of a ticket as the document in `sla_ledger`. Members without a value are left out.
extension SLALedger: DocumentRepresentable {
    init(document value: DocumentValue) throws(DecodeError) {
        var members = try DocumentObject(value)
        self.init()
        facts = try members.read("facts")
        timers = try members.read("timers")
        try members.end()
    }

    func write(to writer: inout DocumentWriter) {
        writer.object { object in
            object.member("facts", facts)
            object.member("timers", timers)
        }
    }
}

extension SLAFacts: DocumentRepresentable {
    init(document value: DocumentValue) throws(DecodeError) {
        var members = try DocumentObject(value)
        self.init()
        createdAt = try members.readIfPresent("created_at")
        lastSignalAt = try members.readIfPresent("last_signal_at")
        suppressedUntil = try members.readIfPresent("suppressed_until")
        category = try members.read("category")
        state = try members.readIfPresent("state")
        stage = try members.readIfPresent("stage")
        priority = try members.readIfPresent("priority")
        group = try members.readIfPresent("group")
        policy = try members.readIfPresent("policy")
        calendar = try members.readIfPresent("calendar")
        formerPolicy = try members.readIfPresent("former_policy")
        organizations = try members.readIfPresent("organizations") ?? []
        firstCustomerMessageAt = try members.readIfPresent("first_customer_message_at")
        firstResponseAt = try members.readIfPresent("first_response_at")
        unansweredSince = try members.readIfPresent("unanswered_since")
        isFinished = try members.read("finished")
        instances = try members.read("instances", as: InstanceCounts.self).counts
        try members.end()
    }

    func write(to writer: inout DocumentWriter) {
        writer.object { object in
            object.member("created_at", createdAt)
            object.member("last_signal_at", lastSignalAt)
            object.member("suppressed_until", suppressedUntil)
            object.member("category", category)
            object.member("state", state)
            object.member("stage", stage)
            object.member("priority", priority)
            object.member("group", group)
            object.member("policy", policy)
            object.member("calendar", calendar)
            object.member("former_policy", formerPolicy)
            object.member("organizations", organizations.isEmpty ? nil : organizations)
            object.member("first_customer_message_at", firstCustomerMessageAt)
            object.member("first_response_at", firstResponseAt)
            object.member("unanswered_since", unansweredSince)
            object.member("finished", isFinished)
            object.member("instances", InstanceCounts(counts: instances))
        }
    }
}

extension SLAOrganizationSpan: DocumentRepresentable {
    init(document value: DocumentValue) throws(DecodeError) {
        var members = try DocumentObject(value)
        self.init(since: try members.read("since"), organization: try members.readIfPresent("organization"))
        try members.end()
    }

    func write(to writer: inout DocumentWriter) {
        writer.object { object in
            object.member("since", since)
            object.member("organization", organization)
        }
    }
}

/// How many timers of each metric there have been: an object by the metrics' codes.
private struct InstanceCounts: DocumentRepresentable {
    let counts: [SLAMetric: Int]

    init(counts: [SLAMetric: Int]) {
        self.counts = counts
    }

    init(document value: DocumentValue) throws(DecodeError) {
        var counts: [SLAMetric: Int] = [:]
        for (name, count) in try value.members(Int.self) {
            guard let metric = SLAMetric(rawValue: name) else { throw DecodeError("an unknown metric") }
            guard (0...Int(Int32.max)).contains(count) else { throw DecodeError("not a count") }
            guard counts.updateValue(count, forKey: metric) == nil else { throw DecodeError("a metric twice") }
        }
        self.counts = counts
    }

    func write(to writer: inout DocumentWriter) {
        writer.object { object in
            for (metric, count) in counts { object.member(named: metric.rawValue, count) }
        }
    }
}
