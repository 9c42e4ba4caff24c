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

    @Test("Hours that are scheduled are shown beside those of now, and stay when these are edited")
    func schedule() async throws {
        try await APIFixture.with { api in
            func body(_ start: String, _ rest: String = "") -> String {
                #"{"name":"Office","tz":"UTC","weekly":{"mon":[["\#(start)","17:00"]]}\#(rest)}"#
            }
            let made = try await api.succeed("createCalendar", body: body("09:00"))
            let ids = ["calendar_id": try made.text("id")]
            let later = #","effective_from":"2035-01-01T00:00:00Z""#
            let first = try await api.succeed("replaceCalendar", ids, body: body("08:00", later), headers: made.ifMatch)
            // Without a time it is what is shown that is replaced; now is now.
            let second = try await api.succeed("replaceCalendar", ids, body: body("07:00"), headers: first.ifMatch)
            #expect(try second.text("effective_from").hasPrefix("2035-01-01T00:00:00"))
            let third = try await api.succeed("replaceCalendar", ids, body: body("10:00", #","effective_from":"now""#), headers: second.ifMatch)
            #expect(try third.text("weekly", "mon", "0", "0") == "07:00")
            let schedule = try await api.succeed("getCalendarSchedule", ids)
            #expect(try schedule.value("versions").count == 2)
            #expect(try schedule.text("versions", "0", "weekly", "mon", "0", "0") == "10:00" && schedule.value("versions", "0", "version").int64 == 4)
            #expect(try schedule.text("versions", "1", "weekly", "mon", "0", "0") == "07:00" && schedule.value("versions", "1", "version").int64 == 5)
            #expect(try schedule.text("versions", "1", "effective_from").hasPrefix("2035-01-01T00:00:00"))
            let done = try await api.succeed("importCalendarHolidays", ids, body: #"[{"date":"2036-01-01","type":"holiday"}]"#)
            #expect(try done.value("versions").int64 == 2 && done.text("calendar", "closures", "0", "from") == "2036-01-01")
            let wrong = try await api.call("replaceCalendar", ids, body: body("10:00", #","effective_from":"soon""#), headers: done.ifMatch)
            #expect(try expectProblem(wrong, .validationFailed) == ["/effective_from invalid-format"])
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
            let file = Self.feed.replacing("Labour", with: "La\u{0}bour")
            let nul = try await api.call("importCalendarHolidays", ids, body: file, headers: calendar)
            try expectProblem(nul, .validationFailed)
            #expect(nul.text.contains("Line 4: U+0000 is not allowed."))
            for body in [nil, "", "\r\n"] {
                let empty = try await api.call("importCalendarHolidays", ids, body: body, headers: calendar)
                try expectProblem(empty, .validationFailed)
                #expect(empty.text.contains("o BEGIN:VCALENDAR: this is no iCalendar file."))
            }
            try expectProblem(try await api.call("importCalendarHolidays", ids, body: ""), .invalidJSON)
            let bell = try await api.call("importCalendarHolidays", ids, body: #"[{"date":"2027-01-01","name":"a\u0007","type":"holiday"}]"#)
            #expect(try expectProblem(bell, .validationFailed) == ["/days/0/name invalid"])
            let closures = #"{"name":"B","tz":"UTC","always_open":true,"closures":[{"from":"2027-01-01","name":"a\u0007"}]}"#
            let named = try await api.call("createCalendar", body: closures)
            #expect(try expectProblem(named, .validationFailed) == ["/closures/0/name invalid-character"])
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
