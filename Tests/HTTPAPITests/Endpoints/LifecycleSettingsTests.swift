import Domain
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import HTTPAPI

/// When tickets move on by themselves, at the door.
@Suite struct LifecycleSettingsTests {
    @Test("Nothing unless it is set; what is set is shown, and null takes it back")
    func roundTrip() async throws {
        try await APIFixture.with { api in
            func shown() async throws -> [String] {
                let settings = try await api.succeed("getLifecycleSettings")
                return try ["close_resolved_after_days", "archive_closed_after_days", "warn_before_closing_days", "waiting_load_percent"].map {
                    name in
                    try settings.value(name).int64.map { "\($0)" } ?? "null"
                }
            }
            #expect(try await shown() == ["null", "null", "null", "0"])
            for (body, values) in [
                (#"{"close_resolved_after_days":7,"archive_closed_after_days":120}"#, ["7", "120", "null", "0"]),
                (#"{"close_resolved_after_days":7,"archive_closed_after_days":120,"warn_before_closing_days":6}"#, ["7", "120", "6", "0"]),
                (#"{"close_resolved_after_days":null,"archive_closed_after_days":3650}"#, ["null", "3650", "null", "0"]),
                (#"{"close_resolved_after_days":1,"archive_closed_after_days":null,"waiting_load_percent":50}"#, ["1", "null", "null", "50"]),
                (#"{"close_resolved_after_days":2,"archive_closed_after_days":null,"warn_before_closing_days":null}"#, ["2", "null", "null", "0"]),
            ] {
                try await api.succeed("putLifecycleSettings", body: body)
                #expect(try await shown() == values)
            }
        }
    }

    @Test(
        "What is wrong is named, and nothing is changed",
        arguments: [
            (
                #"{"close_resolved_after_days":0,"archive_closed_after_days":3651}"#,
                ["/archive_closed_after_days out-of-range", "/close_resolved_after_days out-of-range"]
            ),
            (
                #"{"close_resolved_after_days":"7","archive_closed_after_days":1.5}"#,
                ["/archive_closed_after_days wrong-type", "/close_resolved_after_days wrong-type"]
            ),
            (#"{"close_resolved_after_days":7}"#, ["/archive_closed_after_days required"]),
            (
                #"{"close_resolved_after_days":7,"archive_closed_after_days":7,"warn_before_closing_days":7}"#,
                ["/warn_before_closing_days out-of-range"]
            ),
            (
                #"{"close_resolved_after_days":7,"archive_closed_after_days":7,"warn_before_closing_days":0}"#,
                ["/warn_before_closing_days out-of-range"]
            ),
            (
                #"{"close_resolved_after_days":null,"archive_closed_after_days":7,"warn_before_closing_days":1}"#,
                ["/warn_before_closing_days out-of-range"]
            ),
            (#"{"close_resolved_after_days":7,"archive_closed_after_days":7,"waiting_load_percent":101}"#, ["/waiting_load_percent out-of-range"]),
            (#"{"close_resolved_after_days":7,"archive_closed_after_days":7,"days":7}"#, ["/days unknown-field"]),
        ] as [(String, [String])]
    )
    func refusals(_ row: (body: String, problems: [String])) async throws {
        try await APIFixture.with { api in
            let response = try await api.call("putLifecycleSettings", body: row.body)
            #expect(try expectProblem(response, .validationFailed).sorted() == row.problems)
            #expect(try await api.succeed("getLifecycleSettings").value("close_resolved_after_days").int64 == nil)
        }
    }
}
