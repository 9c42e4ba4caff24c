import HTTPTypes
import TestSupport
import Testing

@testable import HTTPAPI

@Suite struct DirectoryEndpointTests {
    @Test(arguments: [
        ("createCalendar", #"{"name":"c","tz":"Mars/Olympus","always_open":true}"#, ["/tz unknown-zone"]),
        ("createCalendar", #"{"name":"c","tz":"UTC","weekly":{"mon":[["09:00","x"]]}}"#, ["/weekly/mon/0 invalid-format"]),
        ("createCalendar", #"{"name":"c","tz":"UTC","weekly":{"mon":[["10:00","09:00"]]}}"#, ["/weekly/mon/0 invalid-definition"]),
        (
            "createCalendar", #"{"name":"c","tz":"UTC","always_open":true,"closures":[{"from":"2027-01-01","colour":1}]}"#,
            ["/closures/0/colour unknown-field"]
        ),
        ("createCalendar", #"{"name":"c","tz":"UTC","always_open":true,"closures":[{"to":"2027-01-01"}]}"#, ["/closures/0/from required"]),
        ("createSLAPolicy", #"{"name":"p","position":1,"targets":[]}"#, ["/targets too-few"]),
        ("createSLAPolicy", #"{"name":"p","position":1,"targets":[{"metric":"resolution","mode":"calendar"}]}"#, ["/targets/0/seconds required"]),
        (
            "createSLAPolicy", #"{"name":"p","position":1,"targets":[{"metric":"resolution","seconds":0,"mode":"calendar"}]}"#,
            ["/targets/0/seconds invalid-definition"]
        ),
        (
            "createSLAPolicy",
            #"{"name":"p","position":1,"targets":[{"metric":"resolution","seconds":9,"mode":"calendar"}],"conditions":{"all":[{"feld":"x"}]}}"#,
            ["/conditions/all/0/feld unknown-field"]
        ),
        (
            "createSLAPolicy",
            #"{"name":"p","position":1,"targets":[{"metric":"resolution","seconds":9,"mode":"calendar"}],"warnings":[{"percent":50,"remaining":4}]}"#,
            ["/warnings/0 invalid-format"]
        ),
        (
            "createSLAPolicy",
            #"{"name":"p","position":1,"targets":[{"metric":"resolution","seconds":9,"mode":"calendar"}],"conditions":{"not":{"field":"a","op":"one_of","value":["\u0000"]}}}"#,
            ["/conditions/not/value/0 invalid-character"]
        ),
        (
            "createSLAPolicy",
            #"{"name":"p","position":1,"targets":[{"metric":"resolution","seconds":9,"mode":"calendar"}],"conditions":{"field":"impact","op":"one_of","value":[1,2]}}"#,
            ["/conditions/value/0 wrong-type"]
        ),
        (
            "createSLAPolicy",
            #"{"name":"p","position":1,"targets":[{"metric":"resolution","seconds":9,"mode":"calendar"}],"pauses":[{"metric":"resolution","state":"a\u0000"}]}"#,
            ["/pauses/0/state invalid-character"]
        ),
        (
            "createCalendar", #"{"name":"c","tz":"UTC","always_open":true,"closures":[{"from":"2027-01-01","name":"\u0000"}]}"#,
            ["/closures/0/name invalid-character"]
        ),
        (
            "createEscalationChain",
            #"{"name":"e","levels":[{"targets":[{"type":"email","address":"a\u0000@b"}],"timeout":60,"mode":"wall","condition":"not_acked","actions":[]}]}"#,
            ["/levels/0/targets/0/address invalid-character"]
        ),
        ("createEscalationChain", #"{"name":"e","levels":[]}"#, ["/levels too-few"]),
        (
            "createEscalationChain",
            #"{"name":"e","levels":[{"targets":[{"type":"assignee"}],"timeout":60,"mode":"wall","condition":"not_acked","actions":["start_flow"]}]}"#,
            ["/levels/0/flow invalid-definition"]
        ),
        ("createAgent", #"{"name":"a","email":"a@b.c","latitude":52.5}"#, ["/longitude required"]),
        (
            "createAgent", #"{"name":"a","email":"a@b.c","latitude":90.000001,"longitude":-181}"#,
            ["/latitude out-of-range", "/longitude out-of-range"]
        ),
        ("createAgent", #"{"name":"a","email":"a@b.c","service_areas":["north","","north"]}"#, ["/service_areas/1 too-short"]),
        ("createAgent", #"{"name":"a","email":"a@b.c","service_areas":["north","north"]}"#, ["/service_areas/1 duplicate"]),
        ("createQueue", #"{"name":"q","steps":[{"after":5},{"after":5}]}"#, ["/steps/1/after duplicate"]),
        ("createQueue", #"{"name":"q","match":[{"field":"typ","op":"is_set","value":true}]}"#, ["/match/0 invalid-definition"]),
        ("createQueue", #"{"name":"q","strict":true,"order_by":"deadline"}"#, ["/order_by conflict"]),
        (
            "createQueue", #"{"name":"q","offer_channel_seconds":[{"channel":"phone","seconds":5}]}"#,
            ["/offer_channel_seconds/0/seconds out-of-range"]
        ),
        (
            "createQueue", #"{"name":"q","offer_channel_seconds":[{"channel":"phone","seconds":30},{"channel":"phone","seconds":60}]}"#,
            ["/offer_channel_seconds duplicate"]
        ),
        ("createQueue", #"{"name":"q","no_taker":"wait","offer_channel_seconds":[]}"#, ["/no_taker conflict"]),
        (
            "createQueue", #"{"name":"q","order_by":"age","vip_boost_minutes":-1,"sticky_days":1000}"#,
            ["/vip_boost_minutes out-of-range", "/order_by not-allowed", "/sticky_days out-of-range"]
        ),
        (
            "createQueue",
            #"{"name":"q","overflow_queue_id":"00000000-0000-7000-8000-000000000001","fallback_queue_id":"00000000-0000-7000-8000-000000000001"}"#,
            ["/fallback_queue_id unknown-reference", "/overflow_queue_id unknown-reference"]
        ),
        (
            "createQueue", #"{"name":"q","overflow_queue_id":null,"overflow_after_seconds":0}"#,
            ["/overflow_queue_id not-null", "/overflow_after_seconds out-of-range"]
        ),
        ("createQueue", #"{"name":"q","match":[{"fild":"type"}]}"#, ["/match/0/fild unknown-field"]),
        (
            "createQueue", #"{"name":"q","rules":[{"name":"r","keywords":[""],"set":{"priority":"P9"}}]}"#,
            ["/rules/0/keywords/0 too-short", "/rules/0/set/priority not-allowed"]
        ),
        (
            "createQueue",
            #"{"name":"q","rules":[{"name":"r","set":{"queue_id":"00000000-0000-7000-8000-000000000001","#
                + #""required_skills":[{"skill_id":"00000000-0000-7000-8000-000000000001","level":1}]}}]}"#,
            ["/rules/0/set/queue_id unknown-reference", "/rules/0/set/required_skills/0/skill_id unknown-reference"]
        ),
        ("createRequester", #"{"name":"a","email":"a@example.org","language":"fr_CA"}"#, ["/language invalid-format"]),
        ("createAgent", #"{"name":"a","email":"nobody"}"#, ["/email invalid-format"]),
        (
            "createAgent",
            #"{"name":"a","email":"a@b.c","channel_capacities":[{"channel":"phone","capacity":1},{"channel":"phone","capacity":2}]}"#,
            ["/channel_capacities duplicate"]
        ),
        (
            "createAgent", #"{"name":"a","email":"a@b.c","rate_limit":{"assignments":0,"minutes":5},"ramp_up_seconds":-1}"#,
            ["/ramp_up_seconds out-of-range", "/rate_limit/assignments out-of-range"]
        ),
        ("createSkill", #"{"key":"Ä","name":"s"}"#, ["/key invalid-format"]),
        ("createWebhookEndpoint", #"{"url":"http://example.com"}"#, ["/url address-refused"]),
    ])
    func refusesWithPointers(operation: String, body: String, errors: [String]) async throws {
        try await APIFixture.with { api in
            let response = try await api.call(operation, body: body)
            #expect(try expectProblem(response, .validationFailed) == errors, "\(response.text)")
        }
    }

    @Test func workRulesAreKeptAndPatched() async throws {
        try await APIFixture.with { api in
            let plain = try await api.succeed("createAgent", body: #"{"name":"a","email":"a@example.com"}"#)
            #expect(try plain.value("ramp_up_seconds").int64 == 120)
            let body = #"""
                {"name":"b","email":"b@example.com","channel_capacities":[{"channel":"phone","capacity":1}],"ramp_up_seconds":0,
                "wrap_up_seconds":30,"rate_limit":{"assignments":3,"minutes":10}}
                """#
            let id = try await api.succeed("createAgent", body: body).text("id")
            let shown = try await api.succeed("getAgent", ["agent_id": id])
            #expect(try shown.text("channel_capacities", "0", "channel") == "phone")
            #expect(try shown.value("rate_limit", "minutes").int64 == 10)
            let patched = try await api.succeed(
                "updateAgent",
                ["agent_id": id],
                body: #"{"rate_limit":null,"wrap_up_seconds":5}"#,
                headers: [.ifMatch: "*"]
            )
            #expect(try patched.value("rate_limit").isNull)
            #expect(try patched.value("wrap_up_seconds").int64 == 5)
            #expect(try patched.value("channel_capacities", "0", "capacity").int64 == 1)
            let presence = try await api.succeed(
                "putAgentPresence",
                ["agent_id": id],
                body: #"{"status":"online","channels_off":["phone"]}"#
            )
            #expect(try presence.text("channels_off", "0") == "phone")
        }
    }

    @Test func offersByChannelAreKeptAndPatched() async throws {
        try await APIFixture.with { api in
            let body = #"{"name":"By phone","no_taker":"wait","offer_channel_seconds":[{"channel":"phone","seconds":30}]}"#
            let made = try await api.succeed("createQueue", body: body)
            let id = try made.text("id")
            #expect(try made.value("offer_seconds").isNull && made.value("offer_channel_seconds", "0", "seconds").int64 == 30)
            func patch(_ body: String) async throws -> Answer {
                try await api.succeed("updateQueue", ["queue_id": id], body: body, headers: [.ifMatch: "*"])
            }
            let asking = try await patch(#"{"offer_seconds":900}"#)
            #expect(try asking.value("offer_seconds").int64 == 900 && asking.text("offer_channel_seconds", "0", "channel") == "phone")
            let byChannel = try await patch(#"{"offer_seconds":null}"#)
            #expect(try byChannel.value("offer_seconds").isNull && byChannel.text("no_taker") == "wait")
            let silent = try await patch(#"{"offer_channel_seconds":[]}"#)
            #expect(try silent.value("offer_channel_seconds").elements?.isEmpty == true && silent.text("no_taker") == "assign")
        }
    }

    @Test func takenNamesAreConflicts() async throws {
        try await APIFixture.with { api in
            try await api.succeed("createSkill", body: #"{"key":"fr","name":"French"}"#)
            let again = try await api.call("createSkill", body: #"{"key":"fr","name":"Français"}"#)
            #expect(try expectProblem(again, .alreadyExists) == ["/key duplicate"])
            #expect(try await api.succeed("listSkills", query: "key=fr").text("data", "0", "name") == "French")
        }
    }

    @Test func listsArePagedToTheirEnd() async throws {
        try await APIFixture.with { api in
            var made: [String] = []
            for index in 0..<5 { made.append(try await api.succeed("createSkill", body: #"{"key":"k\#(index)","name":"n"}"#).text("id")) }
            var read: [String] = []
            var query = "limit=2"
            while true {
                let page = try await api.succeed("listSkills", query: query)
                read += try (page.value("data").elements ?? []).map { try #require($0.members?.first { $0.name == "id" }?.value.string) }
                guard let cursor = try page.value("next_cursor").string else { break }
                query = "limit=2&cursor=\(cursor)"
            }
            #expect(read == made.sorted())
        }
    }

    @Test func secretsAreShownOnce() async throws {
        try await APIFixture.with { api in
            let key: HTTPFields = [.idempotencyKey: "w-1"]
            let body = #"{"url":"https://example.com/hook"}"#
            let first = try await api.succeed("createWebhookEndpoint", body: body, headers: key)
            let secret = try first.text("secret")
            let second = try await api.succeed("createWebhookEndpoint", body: body, headers: key)
            #expect(try second.value("secret").isNull)
            #expect(try second.text("id") == first.text("id"))
            let shown = try await api.succeed("getWebhookEndpoint", ["webhook_endpoint_id": first.text("id")])
            #expect(!shown.response.text.contains(secret) && !shown.response.text.contains("\"secret\""))
        }
    }

    @Test("The largest page is as large as it says")
    func largestPage() async throws {
        try await APIFixture.with { api in
            try await api.database.sql(
                """
                INSERT INTO docket.skill (tenant_id, id, key, name, created_at, updated_at)
                SELECT '\(api.tenantA.id)', gen_random_uuid(), 's' || n, 'S', docket.now(), docket.now() FROM generate_series(1, 201) n
                """
            )
            let first = try await api.succeed("listSkills", query: "limit=200")
            #expect(try first.value("data").count == 200)
            let rest = try await api.succeed("listSkills", query: "limit=200&cursor=\(try first.text("next_cursor"))")
            #expect(try rest.value("data").count == 1)
            #expect(try rest.value("has_more").bool == false)
        }
    }
}
