import CoreMetrics
import Domain
import Logging
import Synchronization
import UseCases

extension CourierService {
    /// Shows every second that this courier lives, and takes over what others held that do not any more (docs/decisions/0048).
    func watchOthers(_ watch: CourierWatch) async {
        var watch = watch
        while !Task.isCancelled {
            try? await Task.sleep(for: configuration.watchInterval)
            await look(&watch)
        }
    }

    func look(_ watch: inout CourierWatch) async {
        let look = watch.looksForOthers() ? CourierLook(spacing: configuration.watchInterval) : nil
        do {
            for gone in try await deliveries.showLife(look) {
                let count = try await deliveries.takeBack(from: gone)
                logger.info("a courier is gone", metadata: ["taken_over": "\(count)"])
                guard count > 0 else { continue }
                metrics.takenBack.increment(by: count)
                signal.fire()
            }
        } catch {
            watch.failed()
            logger.debug("it could not be shown that this courier lives", metadata: ["reason": "\(error)"])
        }
    }

    /// Gives back what was claimed for this courier without its hearing of it. For the task that claims.
    func releaseUnknown() async throws {
        let known = board.withLock { $0.allLeases }
        let count = try await deliveries.releaseUnknown(except: known)
        if count > 0 { metrics.released.increment(by: count) }
    }
}
