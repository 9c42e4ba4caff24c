import HTTPTypes
import HummingbirdTesting
import Testing

@testable import HTTPAPI

/// `POST /v1/calendars/{calendar_id}/import` in its three forms.
@Suite struct HolidayEndpointTests {
    private static let feed =
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20270501\r\nSUMMARY:Labour\r\n  Day\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

    @Test func filesListsAndDryRuns() async throws {
        try await APIFixture.with { api in
            let body = #"{"name":"Office","tz":"Europe/Berlin","weekly":{"mon":[["09:00","17:00"]]}}"#
            let made = try await api.succeed("createCalendar", body: body)
            let ids = ["calendar_id": try made.text("id")]
            let calendar: HTTPFields = [.contentType: "text/calendar; charset=utf-8"]
            let dry = try await api.succeed("importCalendarHolidays", ids, query: "dry_run=true", body: Self.feed, headers: calendar)
            #expect(try dry.value("changed").bool == true && dry.entityTag == made.entityTag)
            let done = try await api.succeed("importCalendarHolidays", ids, query: "source=de", body: Self.feed, headers: calendar)
            #expect(done.entityTag != made.entityTag)
            #expect(try done.text("added", "closures", "0", "name") == "Labour Day")
            #expect(try done.text("calendar", "closures", "0", "source") == "de/2027")
            let list = #" [{"date":"2027-05-08","type":"workday"},{"date":"2027-12-24","start":"12:00","type":"holiday"}]"#
            let second = try await api.succeed(
                "importCalendarHolidays",
                ids,
                query: "source=own&hours=10:00-12:00",
                body: list,
                headers: done.ifMatch
            )
            #expect(try second.text("calendar", "openings", "2027-05-08", "0", "0") == "10:00")
            #expect(try second.value("published_years", "0").int64 == 2027)
            let stale = try await api.call("importCalendarHolidays", ids, body: list, headers: done.ifMatch)
            try expectProblem(stale, .preconditionFailed)
            // The resource is what PUT takes back: the imported entries keep their sources.
            let shown = try await api.succeed("getCalendar", ids)
            #expect(try shown.text("opening_sources", "2027-05-08") == "own/2027")
        }
    }

    @Test func refusals() async throws {
        try await APIFixture.with { api in
            let made = try await api.succeed("createCalendar", body: #"{"name":"Office","tz":"UTC","always_open":true}"#)
            let ids = ["calendar_id": try made.text("id")]
            let calendar: HTTPFields = [.contentType: "text/calendar"]
            let rule = Self.feed.replacing("SUMMARY:", with: "RRULE:FREQ=WEEKLY\r\nX-A:")
            let refused = try await api.call("importCalendarHolidays", ids, body: rule, headers: calendar)
            try expectProblem(refused, .validationFailed)
            #expect(refused.text.contains("Line 4: FREQ=WEEKLY: only YEARLY is taken."))
            let list = try await api.call("importCalendarHolidays", ids, body: #"[{"date":"x","type":"holiday"}]"#)
            #expect(try expectProblem(list, .validationFailed) == ["/days/0/date invalid"])
            let text = try await api.call("importCalendarHolidays", ids, body: Self.feed, headers: [.contentType: "text/plain"])
            try expectProblem(text, .unsupportedMediaType)
            #expect(text.headers[try #require(HTTPField.Name("Accept-Post"))] == "application/json, text/calendar")
            for query in ["hours=noon", "source=a%20b", "dry_run=1"] {
                try expectProblem(try await api.call("importCalendarHolidays", ids, query: query, body: "[]"), .validationFailed)
            }
            try expectProblem(try await api.call("createCalendar", body: Self.feed, headers: calendar), .unsupportedMediaType)
            #expect(try await api.succeed("getCalendar", ids).entityTag == made.entityTag)
        }
    }
}
