public import Domain
import Store

extension RoutingPasses {
    /// Looks for queues with signals as ``discover(_:after:)`` does and, where it is one, begins a pass over it in the same round trip: for who has
    /// nothing else to do.
    ///
    /// - Parameters:
    ///   - limit: the most tickets that the pass may assign, at most ``RoutingPool/batchLimit``.
    ///   - found: told what was found as soon as that is known, once, and of the queue of which a pass was begun. Where it was begun of none,
    ///     whatever was found is as it was, and waits for ``run(_:of:limit:isStepDue:)``.
    /// - Returns: how the pass ended that was begun.
    /// - Throws: ``StoreError``, where nothing was found out; `found` was not called then.
    public func begin(limit: Int, found: @Sendable (RoutingDiscovery, RoutingLane?) -> Void) async throws -> BegunPass? {
        let limit = min(max(limit, 1), RoutingPool.batchLimit)
        do {
            let (lane, configuration, report) = try await environment.database.look(limit: limit) { transaction, look in
                guard let one = look.found,
                    let configuration = await environment.configurations.copy(of: one.lane.tenant, version: one.version)
                else {
                    found(look.discovery, nil)
                    throw NothingBegun()
                }
                found(look.discovery, one.lane)
                let pass = Pass(queue: one.lane.queue, configuration: configuration, lane: one.reading.taken, isStepDue: false, ahead: nil)
                do {
                    return (one.lane, configuration, try await decide(pass, by: one.reading, limit: limit, in: transaction))
                } catch {
                    throw FailedPass(lane: one.lane, error: error)
                }
            }
            return await ended(lane) {
                let told = try await tell(report, of: lane.queue, configuration: configuration)
                return try await follow(told, of: lane.queue, in: lane.tenant, limit: limit)
            }
        } catch is NothingBegun {
            return nil
        } catch let failure as FailedPass {
            return await ended(failure.lane) {
                guard failure.isForNow else { throw failure.error }
                return try await run(failure.lane.queue, of: failure.lane.tenant, limit: limit)
            }
        }
    }

    private func ended(_ lane: RoutingLane, _ body: () async throws -> RoutingPassReport) async -> BegunPass {
        do {
            return BegunPass(lane: lane, outcome: .success(try await body()))
        } catch {
            return BegunPass(lane: lane, outcome: .failure(error))
        }
    }

    /// Ends the transaction of a look that begins no pass.
    private struct NothingBegun: Error {}

    /// Nothing of the pass was kept.
    private struct FailedPass: Error {
        let lane: RoutingLane
        let error: any Error

        /// Whether a pass from the start may go through: it met somebody, or came to a history that is to be read before.
        var isForNow: Bool {
            switch error {
            case is LongHistory, StoreError.contention: true
            default: false
            }
        }
    }
}
