import Domain
import Postgres

extension SLAPromise: DocumentRepresentable {
    init(document value: DocumentValue) throws(DecodeError) {
        var members = try DocumentObject(value)
        self.init(
            policy: try members.read("policy"),
            measure: try members.read("measure"),
            target: try members.read("target"),
            warnings: try members.read("warnings"),
            since: try members.read("since")
        )
        try members.end()
    }

    func write(to writer: inout DocumentWriter) {
        writer.object { object in
            object.member("policy", policy)
            object.member("measure", measure)
            object.member("target", target)
            object.member("warnings", warnings)
            object.member("since", since)
        }
    }
}

extension SLAPolicyReference: DocumentRepresentable {
    init(document value: DocumentValue) throws(DecodeError) {
        var members = try DocumentObject(value)
        self.init(id: try members.read("id"), version: try members.readCount("version"))
        try members.end()
    }

    func write(to writer: inout DocumentWriter) {
        writer.object { object in
            object.member("id", id)
            object.member("version", version)
        }
    }
}

extension CalendarReference: DocumentRepresentable {
    init(document value: DocumentValue) throws(DecodeError) {
        var members = try DocumentObject(value)
        self.init(id: try members.read("id"), version: try members.readCount("version"))
        try members.end()
    }

    func write(to writer: inout DocumentWriter) {
        writer.object { object in
            object.member("id", id)
            object.member("version", version)
        }
    }
}

extension SLAMeasure: DocumentRepresentable {
    init(document value: DocumentValue) throws(DecodeError) {
        var members = try DocumentObject(value)
        self.init(mode: try members.read("mode"), calendar: try members.readIfPresent("calendar"))
        try members.end()
    }

    func write(to writer: inout DocumentWriter) {
        writer.object { object in
            object.member("mode", mode)
            object.member("calendar", calendar)
        }
    }
}

extension SLAWarning: DocumentRepresentable {
    init(document value: DocumentValue) throws(DecodeError) {
        var members = try DocumentObject(value)
        if let share = try members.readIfPresent("percent", as: Int.self) {
            self = .percent(share)
        } else {
            self = .remaining(seconds: try members.read("remaining"))
        }
        try members.end()
    }

    func write(to writer: inout DocumentWriter) {
        writer.object { object in
            switch self {
            case .percent(let share): object.member("percent", share)
            case .remaining(let seconds): object.member("remaining", seconds)
            }
        }
    }
}

extension SLAThreshold: DocumentRepresentable {
    init(document value: DocumentValue) throws(DecodeError) {
        guard let threshold = SLAThreshold(try value.text()) else { throw DecodeError("not a threshold") }
        self = threshold
    }

    func write(to writer: inout DocumentWriter) { writer.text(description) }
}

extension SLAMetric: DocumentRepresentable {}
extension SLAStage: DocumentRepresentable {}
extension SLATarget.Mode: DocumentRepresentable {}
extension SLATimer.Cancellation: DocumentRepresentable {}
extension SLAFiring.Cause: DocumentRepresentable {}
extension StateCategory: DocumentRepresentable {}
extension Priority: DocumentRepresentable {}
