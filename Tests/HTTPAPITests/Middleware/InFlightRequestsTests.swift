import Domain
import Testing

@testable import HTTPAPI

@Suite struct InFlightRequestsTests {
    private static let limits = InFlightRequests.Limits(active: 4, activeOfTenant: 2, waiting: 3, waitingOfTenant: 2)
    private let requests = InFlightRequests(limits: limits)
    private let one = TenantID(high: 0, low: 1)
    private let two = TenantID(high: 0, low: 2)

    private func enter(_ tenant: TenantID) throws -> Int {
        let slot = try #require(requests.enter(Exchange(requestID: "r", started: .now)))
        do throws(Problem) {
            try requests.join(slot, tenant: tenant)
        } catch {
            requests.leave(slot)
            throw error
        }
        return slot
    }

    private func code(_ body: () throws -> Void) -> ProblemCode? {
        do {
            try body()
            return nil
        } catch { return (error as? Problem)?.code }
    }

    @Test func aTenantGetsItsShare() throws {
        let first = try enter(one)
        _ = try enter(one)
        #expect(code { _ = try enter(one) } == .quotaExceeded)
        _ = try enter(two)
        requests.leave(first)
        _ = try enter(one)
        #expect(requests.count == 3)
    }

    @Test func theServerIsFullForEverybody() throws {
        for tenant in [one, one, two, two] { _ = try enter(tenant) }
        #expect(requests.enter(Exchange(requestID: "r", started: .now)) == nil)
    }

    @Test func whoWaitsTakesNoPlace() throws {
        let waiting = try (0..<2).map { _ in try enter(one) }
        for slot in waiting { try requests.wait(slot) }
        #expect(requests.count == 2 && requests.waitingCount == 2)
        let working = try (0..<2).map { _ in try enter(one) }
        #expect(code { try requests.wait(working[0]) } == .quotaExceeded)
        #expect(code { try requests.resume(waiting[0]) } == .quotaExceeded)
        requests.leave(working[0])
        try requests.resume(waiting[0])
        requests.leave(waiting[0])
        requests.leave(waiting[1])
        requests.leave(working[1])
        #expect(requests.count == 0 && requests.waitingCount == 0)
    }

    @Test func waitingIsBoundedInAll() throws {
        for tenant in [one, one, two] { try requests.wait(try enter(tenant)) }
        let late = try enter(two)
        #expect(code { try requests.wait(late) } == .temporaryReducedCapacity)
    }
}
