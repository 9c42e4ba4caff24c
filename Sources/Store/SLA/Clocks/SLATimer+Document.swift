import Domain
import Postgres

extension SLATimer: DocumentRepresentable {
    init(document value: DocumentValue) throws(DecodeError) {
        var members = try DocumentObject(value)
        self.init(
            metric: try members.read("metric"),
            instance: try members.readCount("instance"),
            stage: try members.readIfPresent("stage"),
            group: try members.readIfPresent("group"),
            startedAt: try members.read("started_at"),
            suppressedUntil: try members.readIfPresent("suppressed_until")
        )
        segments = try members.read("segments")
        runningSince = try members.readIfPresent("running_since")
        endedAt = try members.readIfPresent("ended_at")
        endedBy = try members.readIfPresent("ended_by")
        promise = try members.readIfPresent("promise")
        isLapsed = try members.read("lapsed")
        lapsedAt = try members.readIfPresent("lapsed_at")
        targetVersion = try members.readCount("target_version")
        isBreached = try members.read("breached")
        dueAt = try members.readIfPresent("due_at")
        breachAt = try members.readIfPresent("breach_at")
        pending = try members.read("pending")
        fired = try members.read("fired")
        try members.end()
    }

    func write(to writer: inout DocumentWriter) {
        writer.object { object in
            object.member("metric", metric)
            object.member("instance", instance)
            object.member("stage", stage)
            object.member("group", group)
            object.member("started_at", startedAt)
            object.member("suppressed_until", suppressedUntil)
            object.member("segments", segments)
            object.member("running_since", runningSince)
            object.member("ended_at", endedAt)
            object.member("ended_by", endedBy)
            object.member("promise", promise)
            object.member("lapsed", isLapsed)
            object.member("lapsed_at", lapsedAt)
            object.member("target_version", targetVersion)
            object.member("breached", isBreached)
            object.member("due_at", dueAt)
            object.member("breach_at", breachAt)
            object.member("pending", pending)
            object.member("fired", fired)
        }
    }
}

extension SLATimer.Pending: DocumentRepresentable {
    init(document value: DocumentValue) throws(DecodeError) {
        var members = try DocumentObject(value)
        self.init(threshold: try members.read("threshold"), at: try members.read("at"), cause: try members.read("cause"))
        try members.end()
    }

    func write(to writer: inout DocumentWriter) {
        writer.object { object in
            object.member("threshold", threshold)
            object.member("at", at)
            object.member("cause", cause)
        }
    }
}

extension SLATimer.Fired: DocumentRepresentable {
    init(document value: DocumentValue) throws(DecodeError) {
        var members = try DocumentObject(value)
        self.init(threshold: try members.read("threshold"), targetVersion: try members.readCount("target_version"), at: try members.read("at"))
        try members.end()
    }

    func write(to writer: inout DocumentWriter) {
        writer.object { object in
            object.member("threshold", threshold)
            object.member("target_version", targetVersion)
            object.member("at", at)
        }
    }
}

extension SLARunSegment: DocumentRepresentable {
    init(document value: DocumentValue) throws(DecodeError) {
        var members = try DocumentObject(value)
        self.init(
            start: try members.read("start"),
            end: try members.read("end"),
            consumed: try members.read("consumed"),
            frozen: try members.readIfPresent("frozen")
        )
        try members.end()
    }

    func write(to writer: inout DocumentWriter) {
        writer.object { object in
            object.member("start", start)
            object.member("end", end)
            object.member("consumed", consumed)
            object.member("frozen", frozen)
        }
    }
}
