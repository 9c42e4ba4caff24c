import Testing

@testable import Postgres

/// The I/O state machine against scripted answers, in the order that libpq was seen to give them (libpq.md 4).
@Suite struct PipelineStateTests {
    private func request(_ scope: WorkRequest.Scope = .single) -> WorkRequest {
        WorkRequest(scope, PostgresUnit(One()))
    }

    private let failure = PostgresError(.server, "duplicate", sqlState: "23505")
    private let goodbye = PostgresError(.connectionLost, "terminating", sqlState: "57P01")
    private let cause = PostgresError(.connectionLost, "closed")
    private let entry = [PipelineStep.entry(0, serial: 1)]

    @Test func `A unit is over only with its Sync`() throws {
        var state = PipelineState()
        state.append(request(), entry, isSynced: true)
        check(state.receive(.succeeded), .keep(0))
        let ended = state.receiveEnd()
        #expect(ended)
        #expect(state.head?.isCommitting == true)
        let received = state.receiveSync()
        let flight = try #require(received)
        #expect(flight.failure == nil)
        #expect(state.isEmpty)
    }

    @Test func `A failure of the commit comes after the last end mark`() throws {
        var state = PipelineState()
        state.append(request(), entry, isSynced: true)
        _ = state.receive(.succeeded)
        _ = state.receiveEnd()
        check(state.receive(.failed(failure)), .discard)
        check(state.receiveSync().map { $0.failure }, .some(failure))
    }

    @Test func `An error leaves the next unit alone`() throws {
        var state = PipelineState()
        state.append(request(), entry + [.entry(1, serial: 2)], isSynced: true)
        state.append(request(), entry, isSynced: true)
        _ = state.receive(.failed(failure))
        _ = state.receiveEnd()
        check(state.receive(.aborted), .discard)
        _ = state.receiveEnd()
        check(state.receiveSync().map { $0.failure }, .some(failure))
        check(state.receive(.succeeded), .keep(0))
        _ = state.receiveEnd()
        check(state.receiveSync().map { $0.failure }, .some(nil))
    }

    @Test func `A Parse that failed or was skipped is forgotten`() {
        var state = PipelineState()
        state.append(request(), [.parse(One.self, serial: 7), .entry(0, serial: 7), .parse(CountItems.self, serial: 8)], isSynced: true)
        _ = state.receive(.failed(failure))
        _ = state.receiveEnd()
        _ = state.receive(.aborted)
        _ = state.receiveEnd()
        _ = state.receive(.aborted)
        check(state.takeUnprepared().map(\.serial), [7, 8])
    }

    @Test func `What cannot be is noticed`() {
        var empty = PipelineState()
        let end = empty.receiveEnd()
        #expect(!end)
        check(empty.receive(.succeeded), .violation)
        var state = PipelineState()
        state.append(request(), entry, isSynced: true)
        let early = state.receiveSync()
        #expect(early == nil)
        check(state.receive(.unexpected), .violation)
        _ = state.receiveEnd()
        let twice = state.receiveEnd()
        #expect(!twice)
    }

    @Test func `A loss without a goodbye leaves all commits open`() {
        var state = PipelineState()
        state.append(request(), entry, isSynced: true)
        state.append(request(), entry, isSynced: true)
        state.append(request(.inTransaction), entry, isSynced: true)
        state.append(request(), entry, isSynced: false)
        check(state.lose(cause).map(\.1.kind), [.outcomeUnknown, .outcomeUnknown, .connectionLost, .connectionLost])
        #expect(state.isEmpty)
    }

    @Test func `A goodbye in the place of an answer means that nothing was committed`() {
        var state = PipelineState()
        state.append(request(), entry, isSynced: true)
        state.append(request(), entry, isSynced: true)
        _ = state.receive(.failed(goodbye))
        // libpq ends the step although only the Sync is left: that is not a commit.
        _ = state.receiveEnd()
        check(state.lose(cause).map(\.1.kind), [.connectionLost, .connectionLost])
    }

    @Test func `A goodbye during the commit leaves it open`() {
        var state = PipelineState()
        state.append(request(), entry, isSynced: true)
        state.append(request(), entry, isSynced: true)
        _ = state.receive(.succeeded)
        _ = state.receiveEnd()
        _ = state.receive(.failed(goodbye))
        check(state.lose(cause).map(\.1.kind), [.outcomeUnknown, .connectionLost])
    }

    @Test func `A statement that failed stays failed when the connection is lost`() {
        var state = PipelineState()
        state.append(request(), entry, isSynced: true)
        _ = state.receive(.failed(failure))
        check(state.lose(cause).map(\.1), [failure])
    }

    @Test func `COMMIT of an interactive transaction is a commit`() {
        var state = PipelineState()
        state.append(request(.commit), entry + [.control(ControlStatement.Commit.self, serial: 3)], isSynced: true)
        #expect(state.head?.isCommitting == false)
        _ = state.receive(.succeeded)
        _ = state.receiveEnd()
        #expect(state.head?.isCommitting == true)
        check(state.lose(cause).map(\.1.kind), [.outcomeUnknown])
    }
}
