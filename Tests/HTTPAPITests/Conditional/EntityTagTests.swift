import Domain
import Testing

@testable import HTTPAPI

@Suite struct EntityTagTests {
    private let id = TicketID(high: 1, low: 2)

    @Test func differsByVersionAndResource() {
        let tag = EntityTag(version: 3, of: id)
        #expect(tag.description.hasPrefix("\"3-") && tag.description.utf8.count == 12)
        #expect(EntityTag(version: 4, of: id).hash != tag.hash)
        #expect(EntityTag(version: 3, of: TicketID(high: 1, low: 3)).hash != tag.hash)
        #expect(EntityTag(opaque: tag.description.dropFirst().dropLast()) == tag)
    }

    @Test(arguments: ["", "3", "3-", "-3-00000000", "03-00000000", "3-0000000G", "3-0000000A", "3-000000000", "99999999999999999999-00000000"])
    func readsOnlyItsOwnForm(text: String) {
        #expect(EntityTag(opaque: text) == nil)
    }

    @Test(arguments: [
        ("*", true, true), ("TAG", true, true), ("W/TAG", false, true), ("\"x\", TAG", true, true), ("\"a,b\" , W/\"y\",TAG", true, true),
        ("\"\"", false, false), ("\"3-00000000\"", false, false),
    ])
    func comparesStronglyAndWeakly(header: String, strong: Bool, weak: Bool) throws {
        let tag = EntityTag(version: 3, of: id)
        let condition = try #require(EntityTagCondition(header.replacing("TAG", with: tag.description)))
        #expect(condition.matchesWeakly(tag) == weak)
        #expect(condition.precondition(on: id).allows(3) == strong)
    }

    @Test(arguments: ["", "x", "\"x", "x\"", "\"x\" \"y\"", "\"x\",", ",\"x\"", "w/\"x\"", "\"a b\"", "*,\"x\"", "\"x\",*"])
    func refusesBrokenLists(header: String) {
        #expect(EntityTagCondition(header) == nil)
    }

    @Test func refusesTooManyTags() {
        #expect(EntityTagCondition(Array(repeating: "\"a\"", count: 16).joined(separator: ",")) != nil)
        #expect(EntityTagCondition(Array(repeating: "\"a\"", count: 17).joined(separator: ",")) == nil)
    }

    @Test func aTagOfAnotherResourceAllowsNoVersion() throws {
        let other = EntityTag(version: 3, of: TicketID(high: 7, low: 7))
        let condition = try #require(EntityTagCondition(other.description))
        #expect(condition.precondition(on: id) == .versions([]))
    }
}
