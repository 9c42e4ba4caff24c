import Domain
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import HTTPAPI

/// Sites of tickets over HTTP (features.md A3.4).
@Suite struct SiteEndpointTests {
    private static func site(_ api: APIFixture, _ name: String, _ more: String) async throws -> String {
        try await api.succeed("createSite", body: #"{"name":"\#(name)",\#(more)}"#).text("id")
    }

    @Test("A ticket takes place and area from its site where it names none itself, and takes another site's when it moves")
    func placeAndArea() async throws {
        try await APIFixture.with { api in
            let oslo = try await Self.site(api, "Oslo", #""service_area":"north","latitude":59.913868,"longitude":10.75"#)
            let rome = try await Self.site(api, "Rome", #""service_area":"south","latitude":41.9,"longitude":12.5"#)
            let made = try await api.succeed("createTicket", body: #"{"subject":"x","site_id":"\#(oslo)"}"#)
            #expect(try made.text("site_id") == oslo && made.text("service_area") == "north")
            #expect(try made.value("latitude").double == 59.913868)
            let own = try await api.succeed("createTicket", body: #"{"subject":"x","site_id":"\#(oslo)","service_area":"fjord"}"#)
            #expect(try own.text("service_area") == "fjord" && own.value("longitude").double == 10.75)

            let ids = ["ticket_id": try own.text("id")]
            var answer = try await api.succeed("updateTicket", ids, body: #"{"site_id":"\#(rome)"}"#, headers: [.ifMatch: "*"])
            #expect(try answer.text("service_area") == "fjord" && answer.value("latitude").double == 41.9)
            answer = try await api.succeed("updateTicket", ids, body: #"{"subject":"y"}"#, headers: [.ifMatch: "*"])
            #expect(try answer.text("site_id") == rome && answer.value("latitude").double == 41.9)
            answer = try await api.succeed("updateTicket", ids, body: #"{"site_id":null}"#, headers: [.ifMatch: "*"])
            #expect(try answer.value("site_id").isNull && answer.value("latitude").isNull && answer.text("service_area") == "fjord")
            let history = try await api.succeed("listTicketHistory", ids)
            #expect(try history.text("data", "1", "type") == "ticket.updated")
            #expect(history.response.text.contains(#""changed":["latitude","longitude","site_id"]"#))
        }
    }

    @Test("A site that is none, or takes no new tickets, is refused; what has it already may be edited")
    func references() async throws {
        try await APIFixture.with { api in
            let site = try await Self.site(api, "Oslo", #""service_area":"north""#)
            let ids = ["ticket_id": try await api.succeed("createTicket", body: #"{"subject":"x","site_id":"\#(site)"}"#).text("id")]
            try await api.succeed("updateSite", ["site_id": site], body: #"{"active":false}"#, headers: [.ifMatch: "*"])
            for id in [site, TicketID(high: 1, low: 1).description] {
                let refused = try await api.call("createTicket", body: #"{"subject":"x","site_id":"\#(id)"}"#)
                #expect(try expectProblem(refused, .validationFailed) == ["/site_id unknown-reference"])
            }
            try await api.succeed("updateTicket", ids, body: #"{"subject":"y"}"#, headers: [.ifMatch: "*"])
        }
    }
}
