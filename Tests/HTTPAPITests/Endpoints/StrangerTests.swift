import Domain
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import HTTPAPI

/// Members that a request's object does not have (api.md 2), at every place of every body.
@Suite struct StrangerTests {
    /// A body that is wrong at one place.
    private struct Trial {
        let pointer: String
        let json: String
        let code: FieldErrorCode
    }

    /// Bodies of the schema, each with one more member at one of its objects, or with a null where there is none.
    private static func trials(_ schema: JSONSchema, at pointer: String = "") -> [Trial] {
        switch schema.shape {
        case .object(let object):
            func text(_ replaced: String?, _ json: String) -> String {
                let members = object.properties.map { ($0.name, $0.name == replaced ? json : SchemaChecker.sample(of: $0.schema)) }
                let stranger = replaced == nil ? [("surely_unknown", json)] : []
                return "{" + (members + stranger).map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
            }
            var found: [Trial] = []
            if object.isClosed { found.append(Trial(pointer: pointer + "/surely_unknown", json: text(nil, "1"), code: .unknownField)) }
            for property in object.properties {
                let place = pointer + "/" + JSONPointer.escape(property.name)
                if !property.schema.isNullable, property.schema.shape != .anything {
                    found.append(Trial(pointer: place, json: text(property.name, "null"), code: .notNull))
                }
                for inner in trials(property.schema, at: place) {
                    found.append(Trial(pointer: inner.pointer, json: text(property.name, inner.json), code: inner.code))
                }
            }
            return found
        case .array(let element, let minimum, _):
            let rest = Array(repeating: "," + SchemaChecker.sample(of: element), count: max(0, minimum - 1)).joined()
            return trials(element, at: pointer + "/0").map { Trial(pointer: $0.pointer, json: "[\($0.json)\(rest)]", code: $0.code) }
        case .map(let element, _):
            return trials(element, at: pointer + "/key").map { Trial(pointer: $0.pointer, json: "{\"key\":\($0.json)}", code: $0.code) }
        case .anything, .boolean, .integer, .number, .string: return []
        }
    }

    @Test("A member that there is not, and a null where the schema has none, are named at their places, however deep")
    func everywhere() async throws {
        try await APIFixture.with { api in
            var count = 0
            for operation in APIOperations.all {
                guard let schema = operation.body else { continue }
                let ids = Dictionary(uniqueKeysWithValues: operation.pathParameters.map { ($0.name, "01a20279-279d-71f1-bdf1-810f8c4956f2") })
                let headers: HTTPFields = operation.acceptsIfMatch ? [.ifMatch: "*"] : [:]
                for trial in Self.trials(schema) {
                    let response = try await api.call(operation.id, ids, body: trial.json, headers: headers)
                    let errors = try expectProblem(response, .validationFailed)
                    #expect(errors.contains("\(trial.pointer) \(trial.code.rawValue)"), "\(operation.id) \(trial.json) \(errors)")
                    count += 1
                }
            }
            #expect(count > 400)
        }
    }

    @Test(
        "Members of another form of the same thing are refused",
        arguments: [
            (#"{"type":"agent","id":"$","bogus":1}"#, "bogus"), (#"{"type":"agent","id":"$","address":"a@b.example"}"#, "address"),
            (#"{"type":"email","address":"a@b.example","id":"$"}"#, "id"), (#"{"type":"supervisor","id":"$"}"#, "id"),
            (#"{"type":"manager","address":"a@b.example"}"#, "address"),
        ]
    )
    func targets(target: String, member: String) async throws {
        try await APIFixture.with { api in
            func chain(_ target: String) -> String {
                let level = #"{"targets":[{"type":"assignee"},\#(target)],"timeout":60,"mode":"wall","condition":"not_acked","actions":["notify"]}"#
                return #"{"name":"c","levels":[\#(level)]}"#
            }
            let target = target.replacing("$", with: api.agentOfA.description)
            let refused = try await api.call("createEscalationChain", body: chain(target))
            #expect(try expectProblem(refused, .validationFailed) == ["/levels/0/targets/1/\(member) unknown-field"])
            try await api.succeed("createEscalationChain", body: chain(#"{"type":"agent","id":"\#(api.agentOfA)"}"#))
        }
    }

    @Test("So are they in conditions, closures, holidays and channels")
    func otherForms() async throws {
        try await APIFixture.with { api in
            func expect(_ operation: String, _ ids: [String: String] = [:], body: String, _ problem: String) async throws {
                let refused = try await api.call(operation, ids, body: body, headers: operation == "importCalendarHolidays" ? [.ifMatch: "*"] : [:])
                #expect(try expectProblem(refused, .validationFailed) == [problem], "\(body)")
            }
            let equals = #"{"field":"type","op":"equals","value":"x"}"#
            for (condition, place) in [
                (#"{"all":[\#(equals)],"op":"equals"}"#, "/op"), (#"{"not":\#(equals),"value":1}"#, "/value"),
                (#"{"any":[{"field":"type","op":"equals","value":"x","bogus":1}]}"#, "/any/0/bogus"),
                (#"{"not":{"all":[{"not":\#(equals),"field_name":1}]}}"#, "/not/all/0/field_name"),
            ] {
                let targets = #""targets":[{"metric":"resolution","seconds":60,"mode":"calendar"}]"#
                let policy = #"{"name":"p","position":1,\#(targets),"conditions":\#(condition)}"#
                try await expect("createSLAPolicy", body: policy, "/conditions\(place) unknown-field")
                try await expect("createQueue", body: #"{"name":"q","match":[\#(condition)]}"#, "/match/0\(place) unknown-field")
            }
            for (closure, place) in [
                (#"{"from":"2027-01-01","bogus":1}"#, "bogus"), (#"{"from":"2027-01-01","since":2020}"#, "since"),
                (#"{"from":"01-01","yearly":true,"since":2020,"until":2030}"#, "until"),
            ] {
                let body = #"{"name":"c","tz":"UTC","closures":[\#(closure)]}"#
                try await expect("createCalendar", body: body, "/closures/0/\(place) unknown-field")
            }
            let days = #"{"days":[{"date":"2027-02-06","isOffDay":true,"bogus":1}]}"#
            try await expect("importCalendarHolidays", ["calendar_id": api.agentOfA.description], body: days, "/days/0/bogus unknown-field")
            for (channel, member) in [(#"{"type":"email","id":"\#(api.agentOfA)"}"#, "id"), (#"{"type":"email","bogus":1}"#, "bogus")] {
                let ids = ["agent_id": api.agentOfA.description]
                try await expect("putAgentNotifications", ids, body: #"{"channels":[\#(channel)]}"#, "/channels/0/\(member) unknown-field")
            }
        }
    }

    @Test("A null in a closure, a holiday or another form is told once, at its place")
    func nulls() async throws {
        try await APIFixture.with { api in
            func expect(_ operation: String, _ ids: [String: String] = [:], body: String, _ problem: String) async throws {
                let refused = try await api.call(operation, ids, body: body, headers: operation == "importCalendarHolidays" ? [.ifMatch: "*"] : [:])
                #expect(try expectProblem(refused, .validationFailed) == [problem], "\(body)")
            }
            for list in ["closures", "holidays"] {
                for member in ["to", "yearly", "start", "end", "name", "source"] {
                    let body = #"{"name":"c","tz":"UTC","\#(list)":[{"from":"2027-01-01","\#(member)":null}]}"#
                    try await expect("createCalendar", body: body, "/\(list)/0/\(member) not-null")
                }
                let yearly = #"{"name":"c","tz":"UTC","\#(list)":["2027-01-01",{"from":"01-01","yearly":true,"since":null}]}"#
                try await expect("createCalendar", body: yearly, "/\(list)/1/since not-null")
                // Of a form that has no such member it is that.
                let dated = #"{"name":"c","tz":"UTC","\#(list)":[{"from":"2027-01-01","since":null}]}"#
                try await expect("createCalendar", body: dated, "/\(list)/0/since unknown-field")
            }
            for member in ["from", "to", "start", "end", "name", "type", "isOffDay"] {
                for list in [#"{"days":[$]}"#, "[$]"] {
                    let days = list.replacing("$", with: #"{"date":"2027-02-06","\#(member)":null}"#)
                    try await expect("importCalendarHolidays", ["calendar_id": api.agentOfA.description], body: days, "/days/0/\(member) not-null")
                }
            }
            let target = #"{"type":"email","address":"a@b.example","id":null}"#
            let level = #"{"targets":[\#(target)],"timeout":60,"mode":"wall","condition":"not_acked","actions":["notify"]}"#
            try await expect("createEscalationChain", body: #"{"name":"c","levels":[\#(level)]}"#, "/levels/0/targets/0/id not-null")
            let ids = ["agent_id": api.agentOfA.description]
            try await expect("putAgentNotifications", ids, body: #"{"channels":[{"type":"email","id":null}]}"#, "/channels/0/id not-null")
        }
    }
}
